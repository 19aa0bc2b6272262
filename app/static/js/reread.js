// Parts of the page are read again and take the place of what stands there. What is typed in them goes over.

import { pageAddress } from "./page.js";
import { isOurs } from "./receipt.js";

const PATIENCE = 15_000;

const fresh = async () => {
  try {
    const answer = await fetch(pageAddress(), { headers: { Accept: "text/html" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok || answer.redirected || !isOurs(answer.headers.get("X-Request-Id"))) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
};

const carry = (old, part) => {
  for (const field of old.querySelectorAll(":is(input, textarea, select)[id]:not([type=file], [type=hidden])")) {
    const next = part.querySelector(`#${CSS.escape(field.id)}`);
    if (!next || (field.value === field.defaultValue && field.checked === field.defaultChecked)) continue;
    next.value = field.value;
    if (field.checked !== undefined) next.checked = field.checked;
  }
  const folds = [...part.querySelectorAll("details")];
  const before = [...old.querySelectorAll("details")];
  if (folds.length === before.length) folds.forEach((fold, n) => (fold.open = before[n].open));
};

const place = (old, part, keeps) => {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  if (keeps) carry(old, part);
  old.replaceWith(part);
  window.htmx?.process(part);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
};

const tell = (page) => {
  const told = [...page.getElementById("notices").children];
  const region = document.getElementById("notices");
  if (!told.length) return;
  region.dataset.floats = "";
  region.replaceChildren(...told);
};

/**
 * Reads the page again and puts in its elements with these ids; those in `anew` without what was typed in them.
 * Resolves to whether the page could be read.
 */
export const reread = async (ids, anew = []) => {
  const page = await fresh();
  if (!page) return false;
  for (const id of [...ids, ...anew]) {
    const old = document.getElementById(id);
    const part = page.getElementById(id);
    if (old && part) place(old, part, !anew.includes(id));
  }
  tell(page);
  document.dispatchEvent(new Event("htmx:after:swap")); // what parts gain by a script, they gain again
  return true;
};
