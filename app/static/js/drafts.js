// A phone may throw the tab away while its camera is open. What was typed to describe a document, and the key under which
// it goes, stay on the device until it is sent or given up, for the same person on the same page; typed.js keeps the text
// of all other forms in the tab.

import { fromTemplate, pageAddress, pagePerson } from "./page.js";

const DAYS = 7;
const FORM = "main form[data-upload]";
const SENT = "draft-sent"; // in the tab: the draft whose form goes without a script's help
const UNKEPT = ["hidden", "file", "password", "submit", "button", "reset"];

const mine = () => `draft:${pagePerson()}:`;
const key = () => mine() + pageAddress();
const touched = new WeakSet();

// A browser may keep nothing for this site: then nothing is remembered.
const tried = (deed) => {
  try {
    return deed();
  } catch {
    return null;
  }
};

const read = (at) => tried(() => JSON.parse(localStorage.getItem(at))) ?? { fields: [] };
const drop = (at) => tried(() => localStorage.removeItem(at));
const keys = (start) => (tried(() => Object.keys(localStorage)) ?? []).filter((at) => at.startsWith(start));

const fieldsOf = (form) => [...form.elements].filter(({ id, name, type }) => id && name && !UNKEPT.includes(type));
const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);

const baseOf = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.defaultChecked;
  if (!field.matches("select")) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
};

const isTyped = (field) => valueOf(field) !== baseOf(field);

// The page that refuses a form is made with what was typed in it.
const isSaid = (field) => isTyped(field) || ("answers" in document.body.dataset && Boolean(valueOf(field)) && !field.matches("select"));

/** Keeps what is typed in `form` and the names of its chosen files, which themselves cannot be kept. */
export const remember = (form, names = read(key()).names ?? []) => {
  const fields = fieldsOf(form).filter(isSaid).map((field) => ({ id: field.id, value: valueOf(field) }));
  if (!fields.length && !names.length) return drop(key());
  const draft = { fields, names, documentKey: form.elements.document_key.value, at: Date.now() };
  return tried(() => localStorage.setItem(key(), JSON.stringify(draft)));
};

/** What `form` holds was sent, or is given up. */
export const forget = (form) => {
  if (form.matches(FORM)) drop(key());
  fieldsOf(form).forEach((field) => touched.delete(field));
  form.querySelector("[data-draft-back]")?.remove();
};

/** Whether something is typed in `form` that was not sent. */
export const holdsTyped = (form) => fieldsOf(form).some((field) => touched.has(field) && isTyped(field));

const putBack = (form, { id, value }) => {
  const field = form.elements.namedItem(id);
  if (!field || isTyped(field) || value === valueOf(field)) return;
  if (typeof value === "boolean") field.checked = value;
  else field.value = value;
  touched.add(field);
};

const giveUp = (form) => {
  forget(form);
  for (const field of fieldsOf(form)) {
    if (field.type === "checkbox") field.checked = false;
    else if (!field.matches("select")) field.value = "";
  }
};

const sayBack = (form, names) => {
  const note = fromTemplate("draft-back");
  const place = note.querySelector("[data-says]");
  place.textContent = names.length ? place.dataset.files.replace("{names}", names.join(", ")) : place.dataset.typed;
  note.querySelector("[data-give-up]").addEventListener("click", () => giveUp(form));
  form.prepend(note);
};

const recall = () => {
  const form = document.querySelector(`${FORM}:not([data-recalled])`);
  if (!form) return;
  form.dataset.recalled = "";
  const draft = read(key());
  if (!draft.documentKey) return;
  draft.fields.forEach((entry) => putBack(form, entry));
  form.elements.document_key.value = draft.documentKey;
  sayBack(form, draft.names);
};

// Without a file the form goes as forms do. It was carried out if its answer led on to a page; a refusal, an error or a lost
// connection does not.
const settle = () => {
  const sent = tried(() => sessionStorage.getItem(SENT));
  tried(() => sessionStorage.removeItem(SENT));
  const [{ type, redirectCount } = {}] = performance.getEntriesByType("navigation");
  if (sent?.startsWith(mine()) && type === "navigate" && redirectCount && document.referrer.startsWith(window.location.origin)) drop(sent);
};

const onSubmit = ({ target, defaultPrevented }) => {
  if (new URL(target.action).pathname === "/logout") keys(mine()).forEach(drop);
  if (defaultPrevented || !target.matches(FORM)) return;
  remember(target);
  tried(() => sessionStorage.setItem(SENT, key()));
};

const onInput = ({ target }) => {
  if (target.form) touched.add(target);
  if (target.form?.matches(FORM)) remember(target.form);
};

if (pagePerson()) {
  for (const at of keys("draft:")) if (!(read(at).at > Date.now() - DAYS * 86_400_000)) drop(at);
  settle();
  recall();
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  document.addEventListener("htmx:after:swap", recall);
  window.addEventListener("submit", onSubmit);
}
