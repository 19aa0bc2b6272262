// Small menus and the sheet of the rail: Escape, a press outside, arrow keys. An Enter that ends a composed letter sends nothing.

import { isComposing } from "./composing.js";

const OPEN = "details.drops[open]";

const close = (menu, { focus = false } = {}) => {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
};

const closeOthers = (kept) => {
  for (const menu of document.querySelectorAll(OPEN)) if (menu !== kept) close(menu);
};

const step = (menu, by) => {
  const items = [...menu.querySelectorAll(":scope > div :is(a, button)")];
  const here = items.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : items.length - 1) : (here + by + items.length) % items.length;
  items[next]?.focus();
};

const onEscape = () => {
  const menu = document.querySelector(OPEN);
  if (menu) close(menu, { focus: menu.contains(document.activeElement) });
  else if (location.hash === "#danh-muc") {
    location.hash = "#dong-danh-muc";
    document.querySelector(".menu-btn").focus();
  }
};

// What was chosen is under way, whatever the answer: the menu has done its work. A button of the page's one form for moves
// stands outside that form, and its press is the only sign.
const closeAround = (chosen) => {
  const menu = chosen?.closest(OPEN);
  if (menu) close(menu);
};

document.addEventListener("click", ({ target }) => {
  closeOthers(target.closest("details.drops"));
  closeAround(target.closest("button[form]"));
});
document.addEventListener("submit", ({ target }) => closeAround(target));

document.addEventListener("keydown", (event) => {
  if (isComposing(event)) return event.key === "Enter" && event.target.matches("input") ? event.preventDefault() : undefined;
  if (event.key === "Escape") return onEscape();
  const menu = event.target.closest?.("details.drops");
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !by) return undefined;
  event.preventDefault();
  menu.open = true;
  step(menu, by);
  return undefined;
});
