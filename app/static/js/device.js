// What waits on this device: one store of the browser, in which entries outlive the page and the browser.

const NAME = "bdg-visits";
const STORE = "entries";

const opened = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore(STORE, { keyPath: "key" }));
    asked.addEventListener("success", () => resolve(asked.result));
    asked.addEventListener("error", () => reject(asked.error));
  });

const through = async (mode, ask) => {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const deed = database.transaction(STORE, mode);
      const asked = ask(deed.objectStore(STORE));
      deed.addEventListener("complete", () => resolve(asked?.result));
      deed.addEventListener("abort", () => reject(deed.error));
      deed.addEventListener("error", () => reject(deed.error));
    });
  } finally {
    database.close();
  }
};

/** Whose entries are seen: those of the person who is signed in on this page. Names repeat and are no keys. */
export const person = () => document.getElementById("tren-may")?.dataset.person;

/** Keeps `entry` under its `key`, in the place of an earlier one. Resolves when it is on the disk. */
export const put = (entry) => through("readwrite", (store) => store.put({ ...entry, person: person() }));

export const take = (key) => through("readwrite", (store) => store.delete(key));

export const find = (key) => through("readonly", (store) => store.get(key));

/** The entries of the person on this page that were saved to be sent, the oldest first. */
export const waiting = async () => {
  const all = await through("readonly", (store) => store.getAll());
  return all.filter((entry) => entry.person === person() && entry.state).sort((a, b) => a.at - b.at);
};
