// Whose session is open, asked before something is sent once more, and the way back in without leaving the page.

import { pagePerson, sessionAddress } from "./page.js";
import { isOurs } from "./receipt.js";

const AGAIN = 2000;
const PATIENCE = 10_000;

/**
 * Resolves to { state: "open" } with the tokens of all forms put right, "signed-out", "other" with the name of who is
 * signed in now, "blocked" where something else than the product answers, or "cut".
 */
export const askSession = async () => {
  let answer;
  try {
    answer = await fetch(sessionAddress(), { headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return { state: "cut" };
  }
  if (!isOurs(answer.headers.get("X-Request-Id"))) return { state: "blocked" };
  if (answer.status === 401) return { state: "signed-out" };
  if (!answer.ok) return { state: "cut" };
  const { person, name, csrf_token: token } = await answer.json();
  if (person !== pagePerson()) return { state: "other", name };
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
  return { state: "open" };
};

/** The sign-in page opens beside this one, which keeps its files. `onOpen` is called once, when the same person is back. */
export const signInBeside = (address, onOpen) => {
  const beside = window.open(address);
  let waits = true;
  let timer;
  const look = async () => {
    clearTimeout(timer);
    const { state } = await askSession();
    if (!waits) return;
    if (state !== "open") {
      timer = setTimeout(look, AGAIN);
      return;
    }
    waits = false;
    window.removeEventListener("focus", look);
    beside?.close();
    onOpen();
  };
  window.addEventListener("focus", look);
  timer = setTimeout(look, AGAIN);
};
