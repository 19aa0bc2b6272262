// What lies on the device and not on the server stands in its form again. What the server has is never hidden by it.

import { age, words } from "./bar.js";
import { find, take, waiting } from "./device.js";

const BASE = ["client_key", "version", "seen"];

/** What a form holds, as it is sent; files go apart. */
export const typedIn = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");

const own = (fields) => new Map(fields.filter(([name]) => !BASE.includes(name)));
const same = (one, other) => JSON.stringify([...one]) === JSON.stringify([...other]);
const baseOf = (fields) => JSON.stringify(fields.filter(([name]) => name === (fields.some(([found]) => found === "seen") ? "seen" : "version")));

const putIn = (form, mine) => {
  for (const [name, value] of mine) if (form.elements[name]) form.elements[name].value = value;
};

const shown = (field, value) => {
  if (field instanceof RadioNodeList) return [...field].find((one) => one.value === value)?.closest("label").textContent.trim() ?? value;
  return field.options ? [...field.options].find((one) => one.value === value)?.text ?? value : value;
};

// Beside each field in which the two differ: what stands elsewhere.
const showBeside = (form, here, there, label) => {
  for (const [name, value] of there) {
    const field = form.elements[name];
    if (!field || field.type === "hidden" || !value || value === here.get(name)) continue;
    const line = Object.assign(document.createElement("p"), { className: "sm soft lines" });
    line.dataset.beside = "";
    line.append(Object.assign(document.createElement("b"), { textContent: label }), ` ${shown(field, value)}`);
    (field instanceof RadioNodeList ? field[0].closest("fieldset") : field.closest(".field")).append(line);
  }
};

const note = (form, sentence, kept) => {
  const said = document.getElementById("dua-lai").content.firstElementChild.cloneNode(true);
  said.querySelector("[data-says]").textContent = sentence;
  said.querySelector("[data-age]").textContent = age(kept);
  form.prepend(said);
  return said;
};

const putBack = (form, kept, sentence) => {
  const stored = own(typedIn(form));
  const said = note(form, sentence, kept);
  putIn(form, own(kept.fields));
  form.closest("details")?.setAttribute("open", "");
  return { stored, said };
};

// The server has another text than the one over which this was written: that one stands, and mine beside it.
const offer = (form, kept) => {
  const [mine, stored] = [own(kept.fields), own(typedIn(form))];
  const said = note(form, words("newer"), kept);
  showBeside(form, stored, mine, words("mine"));
  const use = said.querySelector("[data-use]");
  use.hidden = false;
  use.addEventListener("click", () => {
    for (const line of form.querySelectorAll("[data-beside]")) line.remove();
    putIn(form, mine);
    showBeside(form, mine, stored, words("stored"));
    form.dispatchEvent(new Event("input"));
    use.hidden = true;
  });
};

const sentenceOf = (kept, isDraft) => {
  if (isDraft) return words("draft");
  return kept.state === "waiting" ? words("queued") : `${words("returned")} ${kept.sentence || words("refused")}`;
};

/** Puts back into `form` what was typed or saved there and has not been received. */
export const restore = async (form, draftKey) => {
  const here = (await waiting()).filter(({ action, file, adds, state }) => action === form.action && !file && (!adds || state !== "waiting"));
  const [draft, queued] = [await find(draftKey), here.at(-1)];
  const kept = draft?.fields ? draft : queued;
  if (!kept || "typed" in form.dataset) return;
  if (queued && queued.state !== "waiting") form.dataset.replaces = queued.key;
  if (same(own(kept.fields), own(typedIn(form)))) {
    if (draft) await take(draftKey);
    return;
  }
  const isOlder = baseOf(kept.fields) !== baseOf(typedIn(form));
  if (isOlder && kept === queued && queued.state === "refused") {
    offer(form, kept);
    return;
  }
  const { stored } = putBack(form, kept, sentenceOf(kept, kept === draft));
  if (isOlder || (kept === queued && queued.state !== "waiting")) showBeside(form, own(kept.fields), stored, words("stored"));
};
