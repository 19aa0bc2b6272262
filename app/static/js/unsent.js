// Nothing that is chosen or typed on a page goes with another form's button: sending a result takes the chosen files
// along first, every other button stops and says so, and leaving the page is asked about.

import { holdsTyped } from "./drafts.js";
import { fromTemplate } from "./page.js";
import { reread } from "./reread.js";
import { signInAddress } from "./sending.js";
import { signInBeside } from "./session.js";

const holders = new WeakMap(); // form → what knows its files: { unsent() → names, sendAll() → whether all of it is saved }
const gone = new WeakSet(); // forms whose files are on their way
let leaving = false;

/** Let `holder` answer for the files of `form`. */
export const holdsFiles = (form, holder) => holders.set(form, holder);

const forms = () => [...document.querySelectorAll("main form[method=post]")];

const chosenIn = (form) => {
  if (gone.has(form)) return [];
  const holder = holders.get(form);
  return holder ? holder.unsent() : [...form.querySelectorAll("input[type=file]")].flatMap(({ files }) => [...files]).map(({ name }) => name);
};

const holding = (form) => forms().filter((other) => other !== form && chosenIn(other).length);

// A document that is typed without a file belongs to the result as much as one with files.
const describing = (form) => (form.matches("[data-takes-files]") ? forms().filter((other) => other !== form && other.matches("[data-upload]") && holdsTyped(other)) : []);

const pass = (form, submitter) => {
  form.dataset.passes = "";
  form.requestSubmit(submitter?.isConnected ? submitter : undefined);
};

// The step may have been read again meanwhile, with what the upload has changed.
const passAgain = (form, submitter) => {
  const now = form.isConnected ? form : document.getElementById(form.id);
  if (now) pass(now, now === form ? submitter : undefined);
};

const toForm = (form) => {
  form.scrollIntoView({ block: "center" });
  form.querySelector("button:not([type=button])")?.focus({ preventScroll: true });
};

const uploadThenPass = async (others, form, submitter) => {
  for (const other of others) {
    const holder = holders.get(other);
    if (!holder?.sendAll) return toForm(other);
    if (!(await holder.sendAll())) return stop(form.isConnected ? form : document.getElementById(form.id), submitter, others);
  }
  return passAgain(form, submitter);
};

const stop = (form, submitter, others) => {
  form.querySelector("[data-unsent]")?.remove();
  const note = fromTemplate("unsent-note");
  const place = note.querySelector("[data-says]");
  const names = others.flatMap(chosenIn);
  place.textContent = names.length ? place.dataset.files.replace("{n}", names.length).replace("{names}", names.join(", ")) : place.dataset.typed;
  note.querySelector("[data-first]").addEventListener("click", () => {
    note.remove();
    uploadThenPass(others, form, submitter);
  });
  note.querySelector("[data-anyway]").addEventListener("click", () => pass(form, submitter));
  form.append(note);
  note.querySelector("[data-first]").focus({ preventScroll: true });
  note.scrollIntoView({ block: "nearest" });
};

const onSubmit = (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("main form[method=post]")) return;
  const mayPass = "passes" in form.dataset;
  delete form.dataset.passes;
  const chosen = holding(form);
  const others = chosen.length ? chosen : describing(form);
  if (mayPass || !others.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (chosen.length && form.matches("[data-takes-files]")) uploadThenPass(others, form, submitter);
  else stop(form, submitter, others);
};

// What goes by itself is neither lost nor left; what a script sends answers for its files.
const afterSubmit = ({ target, defaultPrevented }) => {
  if (!target.matches("main form[method=post]")) return;
  if (!holders.has(target)) gone.add(target);
  if (!defaultPrevented) leaving = true;
};

const onClick = (event) => {
  leaving = Boolean(event.target.closest("a[data-hands-out]"));
  const refresh = event.target.closest("[data-refresh]");
  const again = event.target.closest("[data-again]");
  if (!refresh && !again) return;
  if (!holding(null).length) {
    leaving = true; // what is typed waits for the page
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const note = event.target.closest(".note");
  if (again) signInBeside(signInAddress(), () => note.remove());
  else refreshAround(note);
};

// Everything but what holds files, which no page that is read anew could have.
const refreshAround = async (note) => {
  const parts = [...document.querySelectorAll("main :is(section[id], #dau, #van-ban, #so-minh-chung)")];
  const free = parts.filter((part) => !part.querySelector("input[type=file]"));
  if (await reread(free.map(({ id }) => id))) note.remove();
};

const onBeforeUnload = (event) => {
  if (leaving || !(holding(null).length || forms().some((form) => !form.matches("[data-keeps]") && holdsTyped(form)))) return;
  event.preventDefault();
  event.returnValue = ""; // what browsers before 119 ask for
};

/** On to the page that shows what was written; nothing is left behind. */
export const goTo = (address) => {
  leaving = true;
  const isHere = address.split("#")[0] === window.location.pathname + window.location.search;
  window.location.assign(isHere ? address.split("#")[0] : address); // an anchor on the same page would read nothing
};

document.addEventListener("submit", onSubmit, true);
window.addEventListener("submit", afterSubmit);
document.addEventListener("change", ({ target }) => gone.delete(target.form));
document.addEventListener("click", onClick, true);
window.addEventListener("beforeunload", onBeforeUnload);
window.addEventListener("pageshow", () => {
  leaving = false;
});
