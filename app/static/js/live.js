// What others do shows here within seconds. Nothing typed, scrolled to, opened or dragged is lost: what is in use waits.

import { pageAddress } from "./page.js";
import { keep, recall } from "./typed.js";

const EVERY = 3500;
const PATIENCE = 10_000;
const notices = document.getElementById("notices");
const watched = () => document.querySelector("[data-live]");
let timer;
let asking = false;

const content = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
};

const show = (element) => {
  notices.dataset.floats = "";
  notices.replaceChildren(element);
};

// An open menu or a field with the cursor in it. A focus elsewhere goes over to what takes the place.
const isInUse = (element) =>
  Boolean(element?.querySelector("details.drops[open], input:focus, textarea:focus, select:focus") ?? element?.matches("[data-ghost]"));

const focusIn = (element) => (element?.contains(document.activeElement) ? document.activeElement.closest("[id]").id : null);

const takeFocus = (fresh, id) => {
  const spot = id && (fresh.id === id ? fresh : fresh.querySelector(`#${id}`));
  if (spot) (spot.querySelector("a.duty, summary, a, button") ?? spot).focus({ preventScroll: true });
};

const place = (fresh, old) => {
  if (!fresh) return old.remove();
  if (old.isEqualNode(fresh)) return undefined;
  const focused = focusIn(old);
  if (old.matches("details")) fresh.open = old.open;
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
  return takeFocus(fresh, focused);
};

const putCard = ({ content: inside, dataset: { card, column } }) => {
  const old = document.getElementById(card);
  const list = column && document.getElementById(`col-${column}`);
  const fresh = inside.firstElementChild;
  if (!list) return old?.closest("[data-column]") ? old.remove() : undefined;
  if (old?.parentElement === list) return place(fresh, old);
  const focused = focusIn(old);
  old?.remove();
  list.prepend(fresh);
  window.htmx?.process(fresh);
  return takeFocus(fresh, focused);
};

// Resolves to whether everything found its place; what waits is asked for again.
const apply = (parts) => {
  const all = [...parts.querySelectorAll("template[data-card], template[data-place]")];
  const free = all.filter(({ dataset }) => !isInUse(document.getElementById(dataset.card ?? dataset.place)));
  for (const part of free) {
    const old = document.getElementById(part.dataset.place);
    if (part.dataset.card) putCard(part);
    else if (old) place(part.content.firstElementChild, old);
  }
  const notice = parts.querySelector("template[data-notice]");
  if (notice) show(notice.content);
  document.dispatchEvent(new Event("htmx:after:swap")); // what cards gain by a script, they gain again
  return free.length === all.length;
};

const endSession = (page) => {
  delete page.dataset.live;
  show(document.getElementById("trouble-session").content.cloneNode(true));
};

// Somebody else has signed in here: this page shows and does nothing as theirs.
const another = async (page, answer) => {
  delete page.dataset.live;
  show(content(await answer.text()));
};

const ask = async (page) => {
  const asked = new URL(page.dataset.live, window.location.href); // it says the plan, whatever the address says
  for (const [name, value] of new URLSearchParams(window.location.search)) if (!asked.searchParams.has(name)) asked.searchParams.set(name, value);
  asked.searchParams.set("since", page.dataset.since);
  const answer = await fetch(asked, { headers: { "HX-Request": "true", "X-Page-Of": document.body.dataset.pageOf }, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 401) return endSession(page);
  if (answer.headers.has("X-Signed-In-As-Another")) return another(page, answer);
  const parts = answer.status === 200 ? content(await answer.text()) : null;
  if (!answer.ok || !page.isConnected || document.querySelector("[data-ghost]")) return undefined;
  const isNotice = parts?.firstElementChild?.matches(".note");
  if (isNotice) show(parts);
  if (parts && !isNotice && !apply(parts)) return undefined;
  page.dataset.since = answer.headers.get("X-Since") ?? page.dataset.since;
  return undefined;
};

const turn = async () => {
  clearTimeout(timer);
  const page = watched();
  if (!page || asking || document.hidden) return;
  asking = true;
  await ask(page).catch(() => {}); // no answer: asked again soon, and deeds tell by themselves
  asking = false;
  timer = setTimeout(turn, EVERY);
};

// The page is read again, or signed in to again.
const onPress = ({ target }) => {
  if (target.closest("[data-refresh], [data-again]")) keep();
  if (target.closest("[data-refresh]")) window.location.assign(pageAddress());
  const again = target.closest("[data-again]");
  if (!again) return;
  const asked = new URLSearchParams(again.search);
  asked.set("next", pageAddress());
  again.search = asked;
};

recall();
document.addEventListener("click", onPress);
if (watched()) {
  document.addEventListener("visibilitychange", turn);
  timer = setTimeout(turn, EVERY);
}
