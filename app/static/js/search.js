// Search as one types: suggestions under the box of the top bar; on the search page its results. What an input method still
// composes is not asked for, and of two answers only the newer is shown.

import { isComposing } from "./composing.js";

const PAUSE = 200;
const LEAST = 2; // letters
const field = document.getElementById("q");
const list = document.getElementById("goi-y");
const heard = document.getElementById("goi-y-nghe");
let timer;
let asked = new AbortController();

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
};

const close = () => {
  clearTimeout(timer);
  asked.abort();
  choose(null);
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
};

// A list holds options only: what is said and what is shown instead of options stand beside it.
const open = (html) => {
  list.innerHTML = html;
  const words = list.querySelector("[data-heard]");
  heard.textContent = words.textContent;
  words.remove();
  choose(null);
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
};

const suggest = async () => {
  const said = field.value.trim();
  if (said.length < LEAST) return close();
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const answer = await fetch(`${field.form.dataset.suggests}?q=${encodeURIComponent(said)}`, { signal, headers: { "HX-Request": "true" } });
    if (answer.ok && document.activeElement === field) open(await answer.text());
    else close();
  } catch {
    // Overtaken, closed, or no connection: Enter still leads to the search page.
  }
  return undefined;
};

const refresh = () => {
  const url = `${field.form.action}?q=${encodeURIComponent(field.value)}`;
  window.htmx.ajax("GET", url, { target: "#ket-qua", swap: "outerHTML" });
  window.history.replaceState(null, "", url);
};

const ask = () => (document.getElementById("ket-qua") ? refresh() : suggest());

const later = (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(ask, PAUSE);
};

const step = (by) => {
  const all = [null, ...options()]; // null: back in the box, as it was typed
  choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
};

const KEYS = {
  ArrowDown: () => (list.hidden ? ask() : step(1)),
  ArrowUp: () => step(-1),
  Escape: () => close(),
  Enter: () => chosen().click(),
};

const isOurs = (key) => (key === "Enter" ? chosen() : key === "ArrowDown" || !list.hidden);

const onKey = (event) => {
  if (isComposing(event) || !KEYS[event.key] || document.getElementById("ket-qua") || !isOurs(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
};

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

// "/" leads to the box from anywhere but another field.
const onSlash = (event) => {
  if (event.key !== "/" || isComposing(event) || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  event.preventDefault();
  field.focus();
  field.select();
};

if (field) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.addEventListener("input", later);
  field.addEventListener("compositionend", later);
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus until the press is over
  document.addEventListener("keydown", onSlash);
}
