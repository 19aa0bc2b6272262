// A visit is recorded with or without a connection: what is typed stays on the device, what is saved waits there until it is sent.

import { age, goOn, greet, reason, send, show, words } from "./bar.js";
import { person, put, putFile, supersede, take, waiting } from "./device.js";
import { newKey } from "./keys.js";
import { beginLeaving } from "./leaving.js";
import { restore, typedIn } from "./restore.js";
import { recallKey, seals } from "./seal.js";

const AGAIN = 15_000;
const bar = document.getElementById("tren-may");
const forms = () => [...document.querySelectorAll("form[data-keeps]")];
const draftKey = (form) => `draft:${person()}:${form.action}`;
const filesOf = (form) => [...(form.querySelector("input[type=file]")?.files ?? [])];

const common = (form) => ({
  action: form.action,
  page: window.location.pathname,
  label: form.dataset.label,
  adds: form.dataset.keeps === "recommendation", // every sending is one more, not another text of the same
  fields: typedIn(form).filter(([name]) => name !== "client_key"),
});

const entryOf = (form, n = 0) => {
  const [key, said] = [newKey(), common(form)];
  return { ...said, key, at: Date.now() + n, state: "waiting", tries: 0, fields: [...said.fields, ["client_key", key]] };
};

const next = (form, submitter) => {
  if (form.dataset.keeps !== "content") return window.location.pathname;
  if (submitter?.name === "stay") return window.location.pathname;
  if (submitter?.name === "go") return form.action.replace(/\d+$/, submitter.value);
  return bar.dataset.visit;
};

// Beside the button that was pressed.
const say = (form, sentence, field) => {
  const said = document.getElementById("bi-tra").content.firstElementChild.cloneNode(true);
  said.querySelector("[data-says]").textContent = sentence;
  said.dataset.answer = "";
  form.querySelector(".row:last-of-type").before(said);
  said.scrollIntoView({ block: "nearest" });
  const named = field && form.elements[field];
  if (named?.setAttribute) named.setAttribute("aria-invalid", "true");
};

const unsay = (form) => {
  for (const said of form.querySelectorAll("[data-answer]")) said.remove();
  for (const said of form.querySelectorAll("[data-kept]")) said.textContent = "";
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
};

const keepFiles = async (form) => {
  const [entries, unread] = [[], []];
  for (const [n, file] of filesOf(form).entries()) {
    const entry = entryOf(form, n);
    try {
      await putFile(entry, file);
      entries.push(entry);
    } catch (fault) {
      if (fault.message !== "unread") throw Object.assign(fault, { entries });
      unread.push(file.name);
    }
  }
  return { entries, unread };
};

const keepText = async (form) => {
  const entry = entryOf(form);
  await put(entry);
  await supersede(entry);
  return { entries: [entry], unread: [] };
};

// Sent as any form; of several files that takes only the first, so that they are asked for one by one.
const unkept = async (form, entries) => {
  for (const { key } of entries) await take(key).catch(() => undefined);
  if (filesOf(form).length < 2) return form.submit();
  return say(form, words("full"));
};

const clearFiles = (form) => {
  const input = form.querySelector("input[type=file]");
  if (!input) return;
  input.value = "";
  input.dispatchEvent(new Event("change"));
};

// What became of what was pressed; true where the page may go on.
const settled = async (form, { entries, unread }, outcome) => {
  const mine = (await waiting()).filter(({ key }) => entries.some((entry) => entry.key === key));
  const held = mine.find(({ state }) => state !== "waiting");
  const staysHere = mine.length && (!navigator.serviceWorker?.controller || outcome.state !== "offline"); // no page would open, or it would hide why
  if (held) form.dataset.replaces = held.key;
  if (held) say(form, held.sentence || words(held.state) || words("refused"), held.field);
  else if (unread.length) say(form, words("unread", { name: unread.join(", ") }));
  else if (staysHere) say(form, `${words("held")} ${reason(outcome)}`);
  return !held && !unread.length && !staysHere;
};

const keepAndSend = async (form, submitter) => {
  let kept;
  try {
    kept = await (filesOf(form).length ? keepFiles(form) : keepText(form));
  } catch (fault) {
    return unkept(form, fault.entries ?? []); // the device has no room, or keeps nothing for this site
  }
  if (form.dataset.replaces) await take(form.dataset.replaces);
  delete form.dataset.replaces;
  await take(draftKey(form));
  delete form.dataset.typed;
  const outcome = await send();
  if (await settled(form, kept, outcome)) return window.location.assign(next(form, submitter));
  clearFiles(form);
  return show();
};

const save = async (form, submitter) => {
  if (form.dataset.keeps === "files" && !filesOf(form).length) return form.submit();
  if ("saving" in form.dataset) return undefined; // pressed twice
  form.dataset.saving = "";
  unsay(form);
  try {
    return await keepAndSend(form, submitter);
  } finally {
    delete form.dataset.saving;
  }
};

const keepTyped = (form) => {
  const said = Object.assign(document.createElement("p"), { className: "xs soft" });
  said.setAttribute("role", "status");
  said.dataset.kept = "";
  form.append(said);
  const keep = () =>
    put({ ...common(form), key: draftKey(form), at: Date.now() }).then(
      () => words("kept"),
      () => words("unkept"),
    );
  let timer;
  form.addEventListener("input", () => {
    form.dataset.typed = "";
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if ("typed" in form.dataset) said.textContent = await keep();
    }, 300);
  });
};

// The pages of this visit are carried along where the browser allows it: under https, or on the machine itself.
const carry = async () => {
  if (!navigator.serviceWorker || !bar.dataset.visit) return;
  for (const old of await navigator.serviceWorker.getRegistrations()) if (old.scope.endsWith("/visits/")) await old.unregister();
  await navigator.serviceWorker.register(bar.dataset.worker, { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll("main a[href]")].map(({ pathname }) => pathname);
  const pages = [window.location.pathname, bar.dataset.visit, ...links.filter((path) => path.startsWith(`${bar.dataset.visit}/contents/`))];
  const parts = performance.getEntriesByType("resource").map(({ name }) => new URL(name)).filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith("/static/"));
  active.postMessage({ person: person(), pages: [...new Set(pages)], last: bar.dataset.unsent, parts: [...new Set(parts.map(({ pathname }) => pathname))] });
};

// What was sent changes the pages that are carried along: a slow connection must not bring back those of before.
const goOnAndCarry = async (every) => {
  if (await goOn(every)) await carry();
};

const listen = (form) => {
  if (form.dataset.keeps === "files") form.elements.files.multiple = true; // each goes as a sending of its own
  else keepTyped(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form, event.submitter);
  });
};

// A page that was carried along shows what was so when it was kept: what only the server can do is done on a page of its own.
const tellKept = () => {
  const keptAt = document.querySelector("meta[name=kept-at]")?.content;
  if (!keptAt) return;
  const said = document.getElementById("ban-giu");
  said.querySelector("[data-age]").textContent = age({ at: Number(keptAt) });
  said.hidden = false;
  document.querySelector("main").addEventListener("submit", (event) => {
    if (event.target.method !== "post" || event.target.matches("[data-keeps], #roi-may")) return;
    event.preventDefault();
    said.scrollIntoView({ block: "center" });
    said.focus();
  });
};

const begin = async () => {
  tellKept();
  forms().forEach(listen);
  await recallKey(person());
  const greeted = seals() || !crypto.subtle ? null : greet();
  if (greeted) await greeted; // the key comes with it
  for (const form of forms()) if (form.dataset.keeps !== "files") await restore(form, draftKey(form));
  bar.querySelector("[data-send]").addEventListener("click", () => goOnAndCarry(true));
  window.addEventListener("online", () => goOnAndCarry());
  setInterval(goOnAndCarry, AGAIN);
  await show();
  await beginLeaving();
  if (!(await (greeted ?? greet())) && !forms().some((form) => "typed" in form.dataset)) return window.location.reload(); // a page of who is not signed in
  await goOn();
  return carry();
};

if (bar && window.indexedDB) begin();
