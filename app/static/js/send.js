// A form with one file on its way. XMLHttpRequest, because fetch tells no progress of what is sent.

import { isOurs, isReceipt } from "./receipt.js";
import { askSession } from "./session.js";

const STILL = 30_000; // without movement, after which a person is told
const DENIED = 401;
const OLD_TOKEN = 400;
const BUSY = 500;
const TOO_LARGE = 413; // a proxy's own limit

const sentenceIn = (html) => {
  const answer = document.createElement("template");
  answer.innerHTML = html;
  return answer.content.querySelector("[role=alert] p, [role=alert], .note p")?.textContent.trim();
};

/** Whether a chosen file is still what was chosen: browsers refuse to read one that was saved again, moved or deleted. */
export const isReadable = async (file) => {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
};

const attempt = (address, body, { onMoved, onStill }) => {
  const request = new XMLHttpRequest();
  let timer;
  const moving = () => {
    clearTimeout(timer);
    timer = setTimeout(onStill, STILL);
  };
  const ended = new Promise((resolve) => {
    request.open("POST", address);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("HX-Request-Type", "partial");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      moving();
      onMoved(loaded / total);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      resolve(request);
    });
    moving();
    request.send(body);
  });
  return { ended, stop: () => request.abort() };
};

// No answer: the file, the session (a server may hang up before it says so) or the network.
const whyNone = async (file) => {
  if (file && !(await isReadable(file))) return { state: "changed" };
  const session = await askSession();
  return session.state === "open" ? { state: "cut" } : session;
};

const read = (request) => {
  const reference = request.getResponseHeader("X-Request-Id") ?? "";
  const { status } = request;
  if (isReceipt(status, reference))
    return { state: "sent", place: request.getResponseHeader("HX-Redirect") ?? request.getResponseHeader("Location") };
  if (!isOurs(reference)) return { state: status >= BUSY || status === TOO_LARGE ? "failed" : "blocked", reference: status };
  if (status === DENIED || new URL(request.responseURL).pathname === "/login") return { state: "signed-out" };
  const state = request.getResponseHeader("X-Signed-In-As-Another") ? "other" : "failed";
  return { state, status, reference, sentence: status < OLD_TOKEN ? undefined : sentenceIn(request.responseText) };
};

/** A form as it is now, in the words of its fields; `file` stands in the place of what its file field holds. */
export const bodyOf = (form, { file, submitter } = {}) => {
  const body = new FormData(form);
  const { name } = form.querySelector("input[type=file]");
  body.delete(name);
  if (file) body.append(name, file, file.name.normalize("NFC"));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  return body;
};

/**
 * Sends `makeBody()` to the form's address. `stop` ends it; `ended` resolves to { state, place, sentence, reference, name }:
 * "sent" (written: `place` is where to look), "failed" (with the server's sentence or a reference), "changed" (the file
 * cannot be read any more), "signed-out", "other" (somebody else, `name`, is signed in), "blocked" or "cut".
 */
export const send = (form, file, makeBody, watch) => {
  let under = null;
  let stopped = false;
  const once = async () => {
    under = attempt(form.action, makeBody(), watch);
    const request = await under.ended;
    return request.status === 0 ? (stopped ? { state: "cut" } : whyNone(file)) : read(request);
  };
  // The token is of another session: whoever signed in again goes on, once.
  const deliver = async () => {
    if (file && !(await isReadable(file))) return { state: "changed" };
    const first = await once();
    if (first.status !== OLD_TOKEN) return first;
    const session = await askSession();
    return session.state === "open" ? once() : session;
  };
  return {
    ended: deliver(),
    stop: () => {
      stopped = true;
      under?.stop();
    },
  };
};
