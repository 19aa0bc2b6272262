// What was typed outlives the page: it waits in this tab, for the same person, and is put back field by field. A form that is
// sent takes only its own text along; what stands in the others is there again on the page that follows.

const page = () => new URL(document.body.dataset.page ?? window.location.href, window.location.href);
const key = (path = page().pathname) => `typed:${path}`;
const person = () => document.body.dataset.pageOf;
const here = () => [...document.querySelectorAll("main :is(input, textarea, select)[id]")];

const kept = (path) => {
  const found = JSON.parse(sessionStorage.getItem(key(path)) ?? "null");
  return found?.person === person() ? found : null; // of somebody else: left for them
};

// On a page that answers a form, what was typed in it is what the page was made with.
const isTyped = (field) => {
  if (field.type === "hidden" || field.type === "file" || field.type === "password") return false;
  if (field.matches("select")) return ![...field.options].every((option) => option.selected === option.defaultSelected);
  const isText = field.type !== "radio" && field.type !== "checkbox";
  if (isText && "answers" in document.body.dataset && field.form?.method === "post") return field.value !== "";
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
};

/** Keeps what was typed, opened and scrolled to in the main part of the page, but what `sent`, a form, takes along. */
export const keep = (sent = null) => {
  if (!person()) return;
  const fields = here();
  const values = fields.filter((field) => field.form !== sent && isTyped(field)).map(({ id, value, checked }) => ({ id, value, checked }));
  const elsewhere = (kept()?.values ?? []).filter(({ id }) => !fields.some((field) => field.id === id));
  const open = sent ? [] : [...document.querySelectorAll("main details[open][id]")].map((row) => row.id);
  const top = sent ? null : window.scrollY;
  if (sent && !values.length && !elsewhere.length) sessionStorage.removeItem(key());
  else sessionStorage.setItem(key(), JSON.stringify({ person: person(), values: [...values, ...elsewhere], open, top }));
};

/** Puts back what was kept, once; what has no field on this page waits on. */
export const recall = () => {
  const found = person() && kept();
  if (!found) return;
  for (const id of found.open) document.getElementById(id)?.setAttribute("open", "");
  const rest = found.values.filter(({ id, value, checked }) => !putBack(document.getElementById(id), value, checked));
  if (rest.length) sessionStorage.setItem(key(), JSON.stringify({ ...found, values: rest, open: [], top: null }));
  else sessionStorage.removeItem(key());
  if (found.top !== null) window.scrollTo(0, found.top);
};

// A form stands beside the <details> that opens it.
const putBack = (field, value, checked) => {
  if (!field) return false;
  field.value = value;
  if (checked !== undefined) field.checked = checked;
  field.closest("details")?.setAttribute("open", "");
  const opener = field.form?.previousElementSibling;
  if (opener?.matches("details")) opener.open = true;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};

// A page that has no fields of its own says where the text is.
const tell = () => {
  for (const line of document.querySelectorAll("[data-kept-at]")) line.hidden = !kept(line.dataset.keptAt)?.values.length;
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!event.defaultPrevented && form.method === "post" && !form.hasAttribute("hx-post")) keep(form);
});
tell();
