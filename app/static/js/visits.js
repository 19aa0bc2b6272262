// A visit is recorded with or without a connection: what is typed stays on the device, what is saved waits there until it is sent.

import { find, person, put, take, waiting } from "./device.js";
import { sendWaiting } from "./outbox.js";

const AGAIN = 15_000;
const bar = document.getElementById("tren-may");
const forms = () => [...document.querySelectorAll("form[data-keeps]")];
const draftKey = (form) => `draft:${person()}:${form.action}`;
const typedIn = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
const ownText = (form) => typedIn(form).filter(([name]) => !["client_key", "version"].includes(name));
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const words = (name) => bar.dataset[name];

const putIn = (form, fields) => {
  for (const [name, value] of fields) {
    if (["client_key", "version"].includes(name)) continue;
    const field = form.elements[name];
    if (field) field.value = value;
  }
};

const filesOf = (form) => [...(form.querySelector("input[type=file]")?.files ?? [])];

const entriesOf = (form) => {
  const common = {
    action: form.action,
    accept: form.dataset.keeps === "content" ? "application/json" : "text/html",
    token: bar.dataset.token,
    page: window.location.pathname,
    label: form.dataset.label,
    adds: form.dataset.keeps === "recommendation", // every sending is one more, not another text of the same
    state: "waiting",
    tries: 0,
  };
  const files = filesOf(form);
  const fields = typedIn(form).filter(([name]) => name !== "client_key");
  const one = (file, n) => {
    const key = newKey();
    return { ...common, key, at: Date.now() + n, fields: [...fields, ["client_key", key]], file: file && { blob: file, name: file.name.normalize("NFC") } };
  };
  return files.length ? files.map(one) : [one(null, 0)];
};

const next = (form, submitter) => {
  if (form.dataset.keeps !== "content") return window.location.pathname;
  if (submitter?.name === "stay") return window.location.pathname;
  if (submitter?.name === "go") return form.action.replace(/\d+$/, submitter.value);
  return bar.dataset.visit;
};

// Sent as any form; of several files that takes only the first, so that they are asked for one by one.
const unkept = async (form, entries) => {
  for (const { key } of entries) await take(key).catch(() => undefined);
  if (entries.length < 2) return form.submit();
  return window.alert(words("full"));
};

const save = async (form, submitter) => {
  if (form.dataset.keeps === "files" && !filesOf(form).length) return form.submit();
  const entries = entriesOf(form);
  try {
    for (const entry of entries) await put(entry);
  } catch {
    return unkept(form, entries); // the device has no room, or keeps nothing for this site
  }
  if (form.dataset.replaces) await take(form.dataset.replaces);
  await take(draftKey(form));
  await sendWaiting();
  const held = (await waiting()).filter(({ key, state }) => entries.some((entry) => entry.key === key) && state !== "waiting");
  if (held.length) return show();
  const unsent = (await waiting()).some(({ key }) => entries.some((entry) => entry.key === key));
  if (unsent && !navigator.serviceWorker?.controller) return show(); // nowhere to go: no page would open
  return window.location.assign(next(form, submitter));
};

const rowOf = (entry) => {
  const row = bar.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = row.querySelector("a");
  link.textContent = entry.file ? `${entry.label}: ${entry.file.name}` : entry.label;
  link.href = entry.page;
  const tried = entry.tries >= 10 ? words("tried").replace("{n}", entry.tries) : words("waits");
  row.querySelector("[data-says]").textContent = entry.state === "waiting" ? tried : entry.sentence || words("refused");
  row.querySelector("[data-drop]").addEventListener("click", async () => {
    if (!window.confirm(words("sure"))) return;
    await take(entry.key);
    await show();
  });
  return row;
};

const show = async () => {
  const entries = await waiting();
  bar.hidden = !entries.length;
  bar.querySelector("[data-count]").textContent = entries.length;
  bar.querySelector("ul").replaceChildren(...entries.map(rowOf));
  bar.querySelector("[data-https]").hidden = window.isSecureContext;
};

// Beside each text that was written here and there: what stands on the server.
const showStored = (form, mine) => {
  for (const field of form.querySelectorAll("textarea")) {
    if (!field.value || field.value === mine.get(field.name)) continue;
    const line = document.createElement("p");
    line.className = "sm soft lines";
    line.append(Object.assign(document.createElement("b"), { textContent: words("stored") }), ` ${field.value}`);
    field.after(line);
  }
};

// What lies on the device and not on the server stands in its form again; over what the server has now, if that is newer.
const restore = async (form) => {
  const queued = (await waiting()).filter((entry) => entry.action === form.action && !entry.file && !entry.adds).at(-1);
  const draft = await find(draftKey(form));
  const kept = draft ?? queued;
  if (!kept || form.dataset.keeps === "files" || "typed" in form.dataset) return;
  if (JSON.stringify(kept.fields.filter(([name]) => !["client_key", "version"].includes(name))) === JSON.stringify(ownText(form))) return;
  if (queued && queued.state !== "waiting") {
    form.dataset.replaces = queued.key;
    showStored(form, new Map(kept.fields));
  }
  putIn(form, kept.fields);
  const note = document.getElementById("dua-lai").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-says]").textContent = draft ? words("draft") : words("queued");
  form.prepend(note);
};

const keepTyped = (form) => {
  const said = Object.assign(document.createElement("p"), { className: "xs soft" });
  said.setAttribute("role", "status");
  form.append(said);
  let timer;
  form.addEventListener("input", () => {
    form.dataset.typed = "";
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await put({ key: draftKey(form), fields: typedIn(form), at: Date.now() });
      said.textContent = words("kept");
    }, 300);
  });
};

const goOn = async () => {
  if (!(await waiting()).some(({ state }) => state === "waiting")) return;
  const { sent, state } = await sendWaiting();
  bar.dataset.state = state;
  bar.querySelector("[data-signed-out]").hidden = state !== "signed-out";
  await show();
  if (sent && !(await waiting()).length) document.getElementById("da-gui").hidden = false;
};

// The pages of this visit are carried along where the browser allows it: under https, or on the machine itself.
const carry = async () => {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(bar.dataset.worker);
  const { active } = await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll("main a[href]")].map(({ pathname }) => pathname);
  const pages = [window.location.pathname, bar.dataset.visit, ...links.filter((path) => path.startsWith(`${bar.dataset.visit}/contents/`))];
  const parts = performance.getEntriesByType("resource").map(({ name }) => new URL(name)).filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith("/static/"));
  active.postMessage({ pages: [...new Set(pages)], parts: [...new Set(parts.map(({ pathname }) => pathname))] });
};

const begin = async () => {
  for (const form of forms()) {
    if (form.dataset.keeps === "files") form.elements.files.multiple = true; // each goes as a sending of its own
    else keepTyped(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(form, event.submitter);
    });
  }
  for (const form of forms()) await restore(form);
  bar.querySelector("[data-send]").addEventListener("click", goOn);
  window.addEventListener("online", goOn);
  setInterval(goOn, AGAIN);
  await show();
  await goOn();
  await carry();
};

if (bar && window.indexedDB) begin();
