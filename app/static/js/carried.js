// What a shared machine still shows of who was here: a page that comes back from the browser's memory is asked for anew, and who
// signs out is told what they have not sent from this device.

import { dropKey, recordsOf } from "./kept.js";
import { keep } from "./typed.js";

// The page stood still meanwhile: somebody else may be signed in, or nobody.
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  document.documentElement.style.visibility = "hidden";
  keep();
  window.location.reload();
});

const unsentOf = (person) => recordsOf(person).catch(() => []); // a browser that keeps nothing has nothing unsent

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-leaves]");
  if (!form || !window.indexedDB) return;
  event.preventDefault();
  if ((await unsentOf(form.dataset.person)).length) {
    window.location.assign(form.dataset.leaves);
    return;
  }
  dropKey();
  form.submit();
});
