// What is kept on the device is sealed with the key of its person: the server gives it to nobody else, and it leaves the
// device with the session. Browsers seal in a secure context only (https); elsewhere the page says that nothing is sealed.

import { inKeys } from "./kept.js";

const WAY = "AES-GCM";
const IV_BYTES = 12;
let own = null;

/** Whether what is put on the device now is sealed. */
export const seals = () => own !== null;

/** Takes the key that this device holds for `person`, if it holds one. */
export const recallKey = async (person) => {
  if (!crypto.subtle) return;
  const held = await inKeys("readonly", (store) => store.get("own"));
  if (held?.person === person) own = held.secret;
};

/** Takes the key as the server gave it for `person`, and holds it for pages without a connection; no script can read it out. */
export const takeKey = async (person, text) => {
  if (!crypto.subtle) return;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  own = await crypto.subtle.importKey("raw", bytes, WAY, false, ["encrypt", "decrypt"]);
  await inKeys("readwrite", (store) => store.put({ key: "own", person, secret: own }));
};

/** `bytes` as they may lie on the device: { data, iv }, without an iv where nothing is sealed. */
export const seal = async (bytes) => {
  if (!own) return { data: bytes };
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, data: await crypto.subtle.encrypt({ name: WAY, iv }, own, bytes) };
};

/** The bytes again. Rejects where they are sealed and the key is another, or not here. */
export const unseal = ({ iv, data }) => {
  if (!iv) return data;
  if (!own) throw new Error("no key");
  return crypto.subtle.decrypt({ name: WAY, iv }, own, data);
};
