// Two stores of the browser, in which entries outlive the page and the browser: what waits on this device, and the key to it.

const STORE = "entries";

const opened = (name) =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore(STORE, { keyPath: "key" }));
    asked.addEventListener("success", () => resolve(asked.result));
    asked.addEventListener("error", () => reject(asked.error));
  });

const through = async (name, mode, ask) => {
  const database = await opened(name);
  try {
    return await new Promise((resolve, reject) => {
      const deed = database.transaction(STORE, mode, { durability: "strict" });
      const asked = ask(deed.objectStore(STORE));
      deed.addEventListener("complete", () => resolve(asked?.result));
      deed.addEventListener("abort", () => reject(deed.error));
      deed.addEventListener("error", () => reject(deed.error));
    });
  } finally {
    database.close();
  }
};

/** Asks the store of what waits. Resolves to the result of the request that `ask` returns, once all of it is on the disk. */
export const inEntries = (mode, ask) => through("bdg-visits", mode, ask);

/** Asks the store that holds the key of who is signed in on this device. */
export const inKeys = (mode, ask) => through("bdg-visits-key", mode, ask);

/** Takes the key away: what waits stays, and opens again when its person has signed in. */
export const dropKey = () => indexedDB.deleteDatabase("bdg-visits-key");

/** The records of a person, saved to be sent or only typed, the oldest first. */
export const recordsOf = async (person) => {
  const all = await inEntries("readonly", (store) => store.getAll());
  return all.filter((record) => record.person === person && !record.blob).sort((a, b) => a.at - b.at);
};
