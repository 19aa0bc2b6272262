// Before signing out: what is unsent on this device is sent, kept or taken away, as the person says.

import { goOn, release, show, showAlso, words } from "./bar.js";
import { drafts, take, waiting } from "./device.js";
import { newKey } from "./keys.js";
import { seals } from "./seal.js";

const form = document.getElementById("roi-may");

const list = async () => {
  const left = await show();
  const title = document.querySelector("h1");
  title.textContent = left ? title.dataset.some.replace("{n}", left) : words("none");
  for (const value of ["send", "remove"]) form.querySelector(`[value=${value}]`).hidden = !left;
  form.querySelector("[data-sealed]").hidden = !left || !seals();
  return left;
};

const deeds = {
  keep: async () => true,
  remove: async () => {
    if (!window.confirm(form.dataset.sure)) return false;
    for (const { key } of [...(await waiting()), ...(await drafts())]) await take(key);
    return true;
  },
  send: async () => {
    for (const draft of await drafts()) if (draft.fields) await release(draft, newKey());
    await goOn(true);
    return (await list()) === 0;
  },
};

/** Shows what is unsent and lets the three buttons do what they say; signing out follows where nothing is in its way. */
export const beginLeaving = async () => {
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await deeds[event.submitter.value]()) form.submit();
  });
  showAlso(drafts);
  document.getElementById("tren-may").addEventListener("bdg:dropped", list);
  await list();
};
