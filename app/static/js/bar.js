// The bar of what waits on this device: each part with its age, what came of sending it, and how to be rid of it.

import { others, person, put, renew, take, waiting } from "./device.js";
import { dropKey } from "./kept.js";
import { sendWaiting, whoIsHere } from "./outbox.js";
import { seals, takeKey } from "./seal.js";

const bar = document.getElementById("tren-may");
const TRIED_OFTEN = 10;

/** A sentence that the page brought along, with what it names. */
export const words = (name, named = {}) => Object.entries(named).reduce((text, [key, value]) => text.replace(`{${key}}`, value), bar.dataset[name] ?? "");

/** Since when an entry lies here. */
export const age = ({ at }) => words("age", { when: new Date(at).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" }) });

const says = (entry) => {
  if (entry.state === "waiting") return entry.tries >= TRIED_OFTEN ? words("tried", { n: entry.tries }) : words("waits");
  if (!entry.state) return words("unfinished");
  return entry.sentence || words(entry.state) || words("refused");
};

const rowOf = (entry) => {
  const row = bar.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = row.querySelector("a");
  link.textContent = entry.file ? `${entry.label}: ${entry.file.name}` : entry.label || words("hidden");
  link.href = entry.page;
  row.querySelector("[data-says]").textContent = says(entry);
  row.querySelector("[data-age]").textContent = age(entry);
  row.querySelector("[data-drop]").addEventListener("click", async () => {
    if (!window.confirm(words("sure"))) return;
    await take(entry.key);
    bar.dispatchEvent(new Event("bdg:dropped"));
    await show();
  });
  return row;
};

let alsoShown = async () => [];

/** Lets `more` give entries that are shown beside those that wait. */
export const showAlso = (more) => {
  alsoShown = more;
};

/** Shows what is here; resolves to how many parts. */
export const show = async () => {
  const [entries, waitFor] = [[...(await waiting()), ...(await alsoShown())], await others()];
  bar.hidden = !entries.length && !waitFor.length;
  for (const part of bar.querySelectorAll("[data-own]")) part.hidden = !entries.length;
  bar.querySelector("[data-count]").textContent = entries.length;
  bar.querySelector("ul").replaceChildren(...entries.map(rowOf));
  bar.querySelector("[data-https]").hidden = window.isSecureContext;
  bar.querySelector("[data-others]").hidden = !waitFor.length;
  bar.querySelector("[data-others]").textContent = words("waitingFor", { names: waitFor.join(", ") });
  return entries.length;
};

/** What came of a sending, in a sentence. */
export const reason = ({ state, here }) => words(state, { now: here?.name, name: bar.dataset.name });

const tell = async (outcome) => {
  const left = (await waiting()).length;
  const said = [outcome.sent && words("sent", { n: outcome.sent }), outcome.state && reason(outcome), left && words("left", { n: left })];
  bar.querySelector("[data-outcome]").textContent = said.filter(Boolean).join(" ");
};

/** Takes the person's key where the server names this person; else what was carried along leaves the device. */
const meet = async (here) => {
  if (here.state === "here" && `${here.person}` === person()) {
    if (!seals()) await takeKey(person(), here.key);
    return renew();
  }
  if (here.state !== "here" && here.state !== "signedOut") return undefined;
  dropKey();
  for (const name of ["visits-pages", "visits-parts"]) await window.caches?.delete(name);
  return undefined;
};

/** Asks who is signed in; resolves to whether it is the person of this page, as far as can be told. */
export const greet = async () => {
  const here = await whoIsHere(bar.dataset.device);
  await meet(here);
  return here.state === "here" ? `${here.person}` === person() : here.state !== "signedOut";
};

/** Sends what waits, and everything that was refused when `every`; says what came of it. */
export const send = async (every = false) => {
  const outcome = await sendWaiting(bar.dataset.device, every);
  await meet(outcome.here);
  bar.querySelector("[data-sign-in]").hidden = !["signedOut", "other"].includes(outcome.state);
  return outcome;
};

/** The same, by itself or by the button, with the bar kept up to date; resolves to how many parts were sent. */
export const goOn = async (every = false) => {
  if (!every && !(await waiting()).some(({ state }) => state === "waiting")) return 0;
  if (every) bar.querySelector("[data-outcome]").textContent = words("busy");
  const outcome = await send(every);
  const left = await show();
  if (every || outcome.sent || outcome.state) await tell(outcome);
  if (outcome.sent && !left) document.getElementById("da-gui").hidden = false;
  return outcome.sent;
};

/** Puts an entry that was only typed among those to be sent. */
export const release = async (draft, key) => {
  const fields = [...draft.fields, ["client_key", key]];
  await put({ ...draft, key, fields, state: "waiting", tries: 0 });
  await take(draft.key);
};
