// What waits on this device for the person of this page: sealed at rest, opened here. Of another person nothing but the name is seen.

import { inEntries, recordsOf } from "./kept.js";
import { seal, seals, unseal } from "./seal.js";

const bar = () => document.getElementById("tren-may");
const bytesKey = (key) => `${key}:bytes`;

/** Whose entries are seen: those of the person who is signed in on this page. Names repeat and are no keys. */
export const person = () => bar()?.dataset.person;

const closed = async ({ key, at, state, ...inner }) => ({
  key,
  at,
  state,
  person: person(),
  name: bar().dataset.name,
  inner: await seal(new TextEncoder().encode(JSON.stringify(inner))),
});

const open = async (record) => {
  const { key, at, state, inner } = record;
  if (!inner) return record; // kept by an earlier release, unsealed
  try {
    return { key, at, state, ...JSON.parse(new TextDecoder().decode(await unseal(inner))) };
  } catch {
    return { key, at, state: "locked", label: "", page: "" };
  }
};

/** Keeps `entry` under its `key`, in the place of an earlier one. Resolves when it is on the disk. */
export const put = async (entry) => {
  const record = await closed(entry);
  await inEntries("readwrite", (store) => store.put(record));
};

/** Keeps `entry` with the bytes of `file`, read here and now. Rejects with "unread" where the file cannot be read whole. */
export const putFile = async (entry, file) => {
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes?.byteLength !== file.size) throw new Error("unread");
  const named = { ...entry, file: { name: file.name.normalize("NFC"), size: file.size } };
  const [record, { iv, data }] = [await closed(named), await seal(bytes)];
  const held = { key: bytesKey(entry.key), person: person(), iv, blob: new Blob([data]) };
  await inEntries("readwrite", (store) => {
    store.put(held);
    store.put(record);
  });
  const stored = await inEntries("readonly", (store) => store.get(held.key));
  if (stored.blob.size !== data.byteLength) throw new Error("cut");
};

/** The bytes of an entry's file, as long as the file was. Rejects where they cannot be read. */
export const bytesOf = async ({ key, file }) => {
  const { iv, blob } = file.blob ? file : await inEntries("readonly", (store) => store.get(bytesKey(key)));
  const bytes = await unseal({ iv, data: await blob.arrayBuffer() });
  if (bytes.byteLength !== (file.size ?? blob.size)) throw new Error("cut");
  return bytes;
};

export const take = (key) =>
  inEntries("readwrite", (store) => {
    store.delete(bytesKey(key));
    store.delete(key);
  });

export const find = async (key) => {
  const record = await inEntries("readonly", (store) => store.get(key));
  return record && open(record);
};

const opened = async (isWanted) => Promise.all((await recordsOf(person())).filter(isWanted).map(open));

/** The entries of the person on this page that were saved to be sent, the oldest first. */
export const waiting = () => opened(({ state }) => state);

/** What they typed and did not save. */
export const drafts = () => opened(({ state }) => !state);

/** Takes away what was not received of an earlier text in the place of which `entry` stands. */
export const supersede = async (entry) => {
  if (entry.adds || entry.file) return;
  for (const { key, action, state, at, adds, file } of await waiting())
    if (action === entry.action && at < entry.at && !adds && !file && state !== "waiting") await take(key);
};

/** The names of others who left something unsent here. */
export const others = async () => {
  const all = await inEntries("readonly", (store) => store.getAll());
  return [...new Set(all.filter((record) => record.inner && record.person !== person()).map(({ name }) => name))];
};

/** Keeps anew what was put here before its key was at hand, or by an earlier release. */
export const renew = async () => {
  for (const record of await recordsOf(person())) {
    if (record.inner && (record.inner.iv || !seals())) continue;
    const whole = await open(record);
    const { file, ...entry } = whole;
    const bytes = file && (await bytesOf(whole).catch(() => null));
    if (bytes) await putFile(entry, new File([bytes], file.name));
    else if (!file) await put(entry);
  }
};
