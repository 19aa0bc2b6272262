// What was typed outlives reading the page again: it waits in this tab, for the same person, and is put back field by field.

const key = () => `typed:${window.location.pathname}`;
const person = () => document.querySelector(".me b")?.textContent;

const isTyped = (field) => {
  if (field.type === "hidden" || field.type === "file") return false;
  if (field.matches("select")) return ![...field.options].every((option) => option.selected === option.defaultSelected);
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
};

/** Keeps what was typed, opened and scrolled to in the main part of the page. */
export const keep = () => {
  const fields = [...document.querySelectorAll("main :is(input, textarea, select)[id]")].filter(isTyped);
  const values = fields.map(({ id, value, checked }) => ({ id, value, checked }));
  const open = [...document.querySelectorAll("main details[open][id]")].map((row) => row.id);
  sessionStorage.setItem(key(), JSON.stringify({ person: person(), values, open, top: window.scrollY }));
};

/** Puts back what was kept, once. */
export const recall = () => {
  const kept = JSON.parse(sessionStorage.getItem(key()) ?? "{}");
  if (!kept.values || !person()) return;
  sessionStorage.removeItem(key());
  if (kept.person !== person()) return; // somebody else signed in here
  for (const id of kept.open) document.getElementById(id)?.setAttribute("open", "");
  for (const { id, value, checked } of kept.values) putBack(document.getElementById(id), value, checked);
  window.scrollTo(0, kept.top);
};

// A form stands beside the <details> that opens it.
const putBack = (field, value, checked) => {
  if (!field) return;
  field.value = value;
  if (checked !== undefined) field.checked = checked;
  field.closest("details")?.setAttribute("open", "");
  const opener = field.form?.previousElementSibling;
  if (opener?.matches("details")) opener.open = true;
};
