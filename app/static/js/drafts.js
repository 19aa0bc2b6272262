// What was typed and is not sent yet outlives the page: a reload, a tab that the device threw away, another form's
// button, a refusal, a sign-in that ran out. It is bound to the person and the page. What describes a document stays on
// the device, because a phone may drop the tab while its camera is open; everything else stays in the tab.

import { fromTemplate, pageAddress, pagePerson } from "./page.js";

const DAYS = 7;
const SENDING = "draft-sending";
const UNKEPT = ["hidden", "file", "password", "submit", "button", "reset"];
const FORMS = "main form[method=post]:not([data-keeps])";

const mine = () => `draft:${pagePerson()}:`;
const key = () => mine() + pageAddress();
const storeOf = (form) => (form.matches("[data-upload]") ? "localStorage" : "sessionStorage");
const touched = new WeakSet();

// A browser may keep nothing for this site: then nothing is remembered.
const inStore = (name, deed) => {
  try {
    return deed(window[name]);
  } catch {
    return null;
  }
};

const readAt = (name, at) => inStore(name, (store) => JSON.parse(store.getItem(at))) ?? { fields: [] };
const read = (form) => readAt(storeOf(form), key());

const writeAt = (name, at, draft) => {
  const isEmpty = !draft.fields.length && !draft.names?.length;
  inStore(name, (store) => (isEmpty ? store.removeItem(at) : store.setItem(at, JSON.stringify({ ...draft, at: Date.now() }))));
};

const fieldsOf = (form) => [...form.elements].filter(({ id, name, type }) => id && name && !UNKEPT.includes(type));
const isBox = ({ type }) => type === "checkbox" || type === "radio";
const valueOf = (field) => (isBox(field) ? field.checked : field.value);

const baseOf = (field) => {
  if (isBox(field)) return field.defaultChecked;
  if (!field.matches("select")) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
};

const isTyped = (field) => valueOf(field) !== baseOf(field);

const entryOf = (form, field) => ({ action: form.action, id: field.id, name: field.name, value: valueOf(field), base: baseOf(field) });

// After a refusal the page itself stands filled in with what was typed: it is kept as it was.
const entriesOf = (form, before) =>
  fieldsOf(form)
    .map((field) => (isTyped(field) ? entryOf(form, field) : before.find(({ id, value }) => id === field.id && value === valueOf(field))))
    .filter(Boolean);

/** Keeps what is typed in `form`, and of a document's form the names of its chosen files, which cannot be kept. */
export const remember = (form, names) => {
  if (!pageAddress()) return;
  const draft = read(form);
  const own = new Set(fieldsOf(form).map(({ id }) => id));
  const fields = [...draft.fields.filter(({ id }) => !own.has(id)), ...entriesOf(form, draft.fields)];
  const document_ = form.matches("[data-upload]") ? { names: names ?? draft.names, documentKey: form.elements.document_key.value } : {};
  writeAt(storeOf(form), key(), { fields, ...document_ });
};

/** What `form` holds was sent, or is given up. */
export const forget = (form) => {
  const own = new Set(fieldsOf(form).map(({ id }) => id));
  writeAt(storeOf(form), key(), { fields: read(form).fields.filter(({ id }) => !own.has(id)) });
  fieldsOf(form).forEach((field) => touched.delete(field));
  form.querySelector("[data-draft-back]")?.remove();
};

/** Whether something is typed in `form` that was not sent. */
export const holdsTyped = (form) => form.matches(FORMS) && fieldsOf(form).some((field) => touched.has(field) && isTyped(field));

const putBack = (field, { name, value, base }) => {
  if (!field || field.name !== name || baseOf(field) !== base || isTyped(field)) return false;
  if (isBox(field)) field.checked = value;
  else field.value = value;
  touched.add(field);
  field.closest("details")?.setAttribute("open", "");
  const opener = field.form.previousElementSibling; // a form stands beside the <details> that opens it
  if (opener?.matches("details")) opener.open = true;
  return true;
};

const giveUp = (form) => {
  forget(form);
  form.reset();
};

const sayBack = (form, names) => {
  if (form.querySelector("[data-draft-back]")) return;
  const note = fromTemplate("draft-back");
  const place = note.querySelector("[data-says]");
  place.textContent = names?.length ? place.dataset.files.replace("{names}", names.join(", ")) : place.dataset.typed;
  note.querySelector("[data-give-up]").addEventListener("click", () => giveUp(form));
  form.prepend(note);
};

const recallIn = (form) => {
  const draft = read(form);
  const back = draft.fields.filter((entry) => form.elements.namedItem(entry.id)?.id === entry.id && putBack(form.elements.namedItem(entry.id), entry));
  const isNew = form.matches("[data-upload]") && !form.dataset.recalled;
  form.dataset.recalled = "";
  if (isNew && draft.documentKey) form.elements.document_key.value = draft.documentKey;
  if (back.length || (isNew && draft.names?.length)) sayBack(form, draft.names);
};

const recall = () => {
  if (pageAddress()) document.querySelectorAll(FORMS).forEach(recallIn);
};

// A form was carried out if the answer to it led on to a page, or is one; an error or a lost connection does neither.
const settle = () => {
  const sending = inStore("sessionStorage", (store) => JSON.parse(store.getItem(SENDING)));
  inStore("sessionStorage", (store) => store.removeItem(SENDING));
  const [{ type, redirectCount, responseStatus }] = performance.getEntriesByType("navigation");
  const isDone = redirectCount > 0 || (responseStatus < 300 && sending?.action.split("#")[0] === window.location.href.split("#")[0]);
  if (!sending || type !== "navigate" || !isDone || !document.referrer.startsWith(window.location.origin)) return;
  const isThere = ({ name, value }) => sending.values.some(([n, v]) => n === name && (v === value || value === true));
  const isSent = (entry) => entry.action === sending.action && (entry.value === false || isThere(entry));
  for (const store of ["localStorage", "sessionStorage"])
    for (const at of inStore(store, Object.keys) ?? [])
      if (at.startsWith(mine())) {
        const draft = readAt(store, at);
        const fields = draft.fields.filter((entry) => !isSent(entry));
        if (fields.length < draft.fields.length) writeAt(store, at, { ...draft, fields, names: fields.length ? draft.names : [] });
      }
};

const tidy = () => {
  for (const at of inStore("localStorage", Object.keys) ?? [])
    if (at.startsWith("draft:") && !(readAt("localStorage", at).at > Date.now() - DAYS * 86_400_000)) localStorage.removeItem(at);
};

const forgetPerson = () => {
  for (const store of ["localStorage", "sessionStorage"])
    for (const at of inStore(store, Object.keys) ?? []) if (at.startsWith(mine())) window[store].removeItem(at);
};

const onInput = ({ target }) => {
  if (!target.form?.matches(FORMS)) return;
  touched.add(target);
  remember(target.form);
};

const onSubmit = ({ target, defaultPrevented }) => {
  if (target.matches("[data-sign-out]")) window.addEventListener("pagehide", forgetPerson);
  if (defaultPrevented || !target.matches(FORMS)) return;
  remember(target);
  const values = [...new FormData(target)].filter(([, value]) => typeof value === "string");
  inStore("sessionStorage", (store) => store.setItem(SENDING, JSON.stringify({ action: target.action, values })));
};

if (pagePerson()) {
  tidy();
  settle();
  recall();
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  window.addEventListener("submit", onSubmit);
  document.addEventListener("htmx:after:swap", recall);
}
