// What was saved on the device goes to the server one by one, in its order, each under the key of its own sending.

import { put, take, waiting } from "./device.js";

const json = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

const sentenceIn = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.querySelector("[role=alert] p, main .note p")?.textContent.trim() ?? "";
};

/** A token for the forms of a session that is still open; null without a connection, "" where one must sign in. */
const freshToken = async (entry) => {
  try {
    const answer = await fetch(entry.token, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401) return "";
    return answer.ok ? (await answer.json()).csrf_token : null;
  } catch {
    return null;
  }
};

const body = ({ fields, file }, token) => {
  const form = new FormData();
  form.append("csrf_token", token);
  for (const [name, value] of fields) form.append(name, value);
  if (file) form.append("files", file.blob, file.name);
  return form;
};

// Resolves to { state: "sent" | "waiting" | "signed-out" | "overtaken" | "refused", sentence, version }.
const deliver = async (entry) => {
  const token = await freshToken(entry);
  if (token === null) return { state: "waiting" };
  if (token === "") return { state: "signed-out" };
  let answer;
  try {
    answer = await fetch(entry.action, { method: "POST", headers: { Accept: entry.accept }, body: body(entry, token) });
  } catch {
    return { state: "waiting" };
  }
  if (answer.status >= 500 || answer.status === 429) return { state: "waiting" };
  const said = json(answer) ? await answer.json() : { sentence: answer.ok ? "" : sentenceIn(await answer.text()) };
  if (answer.ok && new URL(answer.url).pathname === "/login") return { state: "signed-out" };
  if (answer.ok) return { state: "sent", version: said.version };
  return { state: answer.status === 409 ? "overtaken" : "refused", sentence: said.sentence };
};

// What was written on the device over one and the same version goes on over what its forerunner has become.
const follow = async (sent, version) => {
  const base = (entry) => entry.fields.find(([name]) => name === "version")?.[1];
  for (const later of await waiting())
    if (later.action === sent.action && base(later) === base(sent))
      await put({ ...later, fields: later.fields.map(([name, value]) => (name === "version" ? [name, `${version}`] : [name, value])) });
};

let busy = null;

const sendAll = async () => {
  const outcome = { sent: 0, waiting: 0, state: "" };
  for (const entry of await waiting()) {
    if (entry.state !== "waiting") continue;
    const said = await deliver(entry);
    if (said.state === "sent") {
      if (said.version !== undefined) await follow(entry, said.version);
      await take(entry.key);
      outcome.sent += 1;
    } else if (said.state === "overtaken" || said.state === "refused") {
      await put({ ...entry, state: said.state, sentence: said.sentence });
    } else {
      await put({ ...entry, tries: entry.tries + 1 });
      return { ...outcome, state: said.state };
    }
  }
  return outcome;
};

const alone = () => (navigator.locks ? navigator.locks.request("bdg-visits", sendAll) : sendAll());

/** Sends what waits, once at a time on this device. Resolves to { sent, state: "" | "waiting" | "signed-out" }. */
export const sendWaiting = () => {
  busy ??= alone().finally(() => {
    busy = null;
  });
  return busy;
};
