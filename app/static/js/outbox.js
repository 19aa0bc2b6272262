// What was saved on the device goes to the server one by one, in its order, each under the key of its own sending, and only
// while the person who wrote it is signed in. An answer counts where the product gave it: between it and the browser anybody
// may say 200.

import { bytesOf, find, person, put, supersede, take, waiting } from "./device.js";

const ASK_PATIENCE = 15_000;
const SEND_PATIENCE = 60_000;
const SLOWEST = 20; // bytes in a millisecond, on a line that still counts as one
const TRIED_OFTEN = 10;
const ENDS = ["offline", "blocked", "signedOut"]; // nothing behind can be sent either
const KEPT_FIELDS = ["version", "seen"]; // what a text was written over

const isOurs = (answer) => Boolean(answer.headers.get("X-Request-Id")?.startsWith("BDG-"));
const isJson = (answer) => Boolean(answer.headers.get("Content-Type")?.startsWith("application/json"));

const sentenceIn = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.querySelector("[role=alert] p, main .note p")?.textContent.trim() ?? "";
};

/** Who is signed in: { state: "here", person, name, csrf_token, key }, or { state: "offline" | "blocked" | "signedOut" | "failing" }. */
export const whoIsHere = async (address) => {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(ASK_PATIENCE) });
    if (!isOurs(answer)) return { state: answer.status >= 500 ? "offline" : "blocked" };
    if (answer.redirected || answer.status === 401) return { state: "signedOut" };
    return answer.ok && isJson(answer) ? { state: "here", ...(await answer.json()) } : { state: "failing" };
  } catch {
    return { state: "offline" };
  }
};

const body = ({ fields, file }, bytes, token) => {
  const form = new FormData();
  form.append("csrf_token", token);
  for (const [name, value] of fields) form.append(name, value);
  if (file) form.append("files", new Blob([bytes]), file.name);
  return form;
};

const outcomeOf = async (answer) => {
  if (answer.status === 413) return { state: "refused", sentence: "" }; // too large for whoever stands before the product, too
  if (!isOurs(answer)) return { state: answer.status >= 500 ? "offline" : "blocked" };
  if (answer.status === 401) return { state: "signedOut" };
  if (answer.status >= 500 || answer.status === 429) return { state: "failing" };
  const said = isJson(answer) ? await answer.json() : { sentence: sentenceIn(await answer.text()) };
  if (answer.ok) return { ...said, state: ["saved", "repeated"].includes(said.outcome) ? "sent" : "failing" };
  return { ...said, state: said.outcome === "overtaken" ? "overtaken" : "refused" };
};

// Resolves to { state: "sent" | "overtaken" | "refused" | "unreadable" | "failing" | one of ENDS, sentence, field, version, seen }.
const deliver = async (entry, token) => {
  let bytes;
  try {
    bytes = entry.file && (await bytesOf(entry));
  } catch {
    return { state: "unreadable" };
  }
  const signal = AbortSignal.timeout(SEND_PATIENCE + (bytes?.byteLength ?? 0) / SLOWEST);
  const asked = { method: "POST", headers: { Accept: "application/json" }, body: body(entry, bytes, token), redirect: "manual", signal };
  try {
    return await outcomeOf(await fetch(entry.action, asked));
  } catch {
    return { state: "offline" };
  }
};

// What was written on the device over one and the same text goes on over what its forerunner has become.
const follow = async (sent, said) => {
  const base = ({ fields }) => JSON.stringify(fields.filter(([name]) => KEPT_FIELDS.includes(name)));
  for (const later of await waiting())
    if (later.action === sent.action && base(later) === base(sent))
      await put({ ...later, fields: later.fields.map(([name, value]) => [name, KEPT_FIELDS.includes(name) ? `${said[name] ?? value}` : value]) });
};

const settle = async (entry, said) => {
  if (said.state === "sent") {
    await follow(entry, said);
    await supersede(entry);
    return take(entry.key);
  }
  if (ENDS.includes(said.state) || said.state === "failing") return put({ ...entry, tries: Math.min(entry.tries + 1, TRIED_OFTEN) });
  return put({ ...entry, state: said.state, sentence: said.sentence, field: said.field });
};

const untried = async (state) => {
  const [first] = await waiting();
  if (first?.state === "waiting") await settle(first, { state });
};

const sendAll = async (here, every) => {
  const outcome = { sent: 0, state: "" };
  const stuck = new Set(); // a text waits for its forerunner
  for (const { key } of await waiting()) {
    const entry = await find(key);
    if (!entry || entry.state === "locked" || (entry.state !== "waiting" && !every) || stuck.has(entry.action)) continue;
    const said = await deliver(entry, here.csrf_token);
    await settle(entry, said);
    if (said.state === "sent") outcome.sent += 1;
    if (ENDS.includes(said.state)) return { ...outcome, state: said.state };
    if (said.state !== "failing") continue;
    outcome.state = "failing";
    if (!entry.file && !entry.adds) stuck.add(entry.action);
  }
  return outcome;
};

const alone = (address, every) => {
  const run = async () => {
    const here = await whoIsHere(address);
    if (here.state === "here" && `${here.person}` === person()) return { ...(await sendAll(here, every)), here };
    if (here.state !== "here") await untried(here.state);
    return { sent: 0, state: here.state === "here" ? "other" : here.state, here };
  };
  return navigator.locks ? navigator.locks.request("bdg-visits", run) : run();
};

let busy = null;

/**
 * Sends what waits, once at a time on this device; with `every` also what was refused before. Resolves to { sent, here,
 * state: "" | "offline" | "blocked" | "signedOut" | "failing" | "other" }, where "other" is another person being signed in.
 */
export const sendWaiting = (address, every = false) => {
  if (busy && !every) return busy;
  const before = busy?.catch(() => undefined) ?? Promise.resolve();
  const run = before.then(() => alone(address, every));
  const free = () => {
    if (busy === run) busy = null;
  };
  busy = run;
  run.then(free, free);
  return run;
};
