// What others do shows here within seconds. Nothing typed, scrolled to, opened or dragged is lost: then it waits.

const EVERY = 3500;
const notices = document.getElementById("notices");
const watched = () => document.querySelector("[data-live]");

const content = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
};

const show = (element) => {
  notices.dataset.floats = "";
  notices.replaceChildren(element);
};

const isBusy = (element) => element?.contains(document.activeElement) || element?.querySelector("details.drops[open]");

const place = (fresh, old) => {
  if (old.matches("details")) fresh.open = old.open;
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
};

const putCard = ({ content: inside, dataset: { card, version, column } }) => {
  const old = document.getElementById(card);
  const list = column && document.getElementById(`col-${column}`);
  const fresh = inside.firstElementChild;
  if (!list) return old?.closest("[data-column]") ? old.remove() : undefined;
  if (old?.parentElement === list) return old.dataset.version === version ? undefined : place(fresh, old);
  old?.remove();
  list.prepend(fresh);
  return window.htmx?.process(fresh);
};

const apply = (parts) => {
  const cards = [...parts.querySelectorAll("template[data-card]")];
  const places = [...parts.querySelectorAll("template[data-place]")];
  const touched = [...cards.map((part) => part.dataset.card), ...places.map((part) => part.dataset.place)];
  if (touched.some((id) => isBusy(document.getElementById(id)))) return false;
  cards.forEach(putCard);
  for (const part of places) {
    const old = document.getElementById(part.dataset.place);
    if (old) place(part.content.firstElementChild, old);
  }
  const notice = parts.querySelector("template[data-notice]");
  if (notice) show(notice.content);
  document.dispatchEvent(new Event("htmx:after:swap")); // what cards gain by a script, they gain again
  return true;
};

const ask = async (page) => {
  const query = new URLSearchParams(window.location.search);
  query.set("since", page.dataset.since);
  const answer = await fetch(`${page.dataset.live}?${query}`, { headers: { "HX-Request": "true" } });
  if (answer.status === 401) delete page.dataset.live; // signed out: the next deed says so
  if (!answer.ok || !page.isConnected) return;
  const parts = answer.status === 204 ? null : content(await answer.text());
  const isNotice = parts?.firstElementChild?.matches(".note");
  if (isNotice) show(parts);
  if (parts && !isNotice && (document.querySelector("[data-ghost]") || !apply(parts))) return;
  page.dataset.since = answer.headers.get("X-Since") ?? page.dataset.since;
};

// The page is read again; what was typed waits in this tab and is put back, field by field.
const KEY = `typed:${window.location.pathname}`;

const isTyped = (field) =>
  field.type !== "hidden" && field.type !== "file" && (field.value !== (field.defaultValue ?? "") || field.checked !== field.defaultChecked);

const refresh = () => {
  const fields = [...document.querySelectorAll("main :is(input, textarea, select)[id]")].filter(isTyped);
  const values = fields.map(({ id, value, checked }) => ({ id, value, checked }));
  const open = [...document.querySelectorAll("main details[open][id]")].map((row) => row.id);
  sessionStorage.setItem(KEY, JSON.stringify({ values, open, top: window.scrollY }));
  window.location.reload();
};

const recall = () => {
  const { values = [], open = [], top } = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  sessionStorage.removeItem(KEY);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const { id, value, checked } of values) {
    const field = document.getElementById(id);
    if (field) field.value = value;
    if (field && checked !== undefined) field.checked = checked;
    field?.closest("details")?.setAttribute("open", "");
  }
  if (top !== undefined) window.scrollTo(0, top);
};

if (watched()) {
  recall();
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-refresh]")) refresh();
  });
  setInterval(() => {
    const page = watched();
    if (page && !document.hidden) ask(page).catch(() => {}); // no answer: asked again soon, and deeds tell by themselves
  }, EVERY);
}
