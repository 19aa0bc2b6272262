// Files one by one with a bar each; what is typed goes with every one of them under one key, so they are one document.

import { forget, remember } from "./drafts.js";
import { fromTemplate } from "./page.js";
import { reread } from "./reread.js";
import { bodyOf, send } from "./send.js";
import { sentenceOf } from "./sending.js";
import { holdsFiles } from "./unsent.js";
import { Row } from "./upload-row.js";

const PARTS = ["so-minh-chung", "van-ban", "buoc", "nhat-ky"];
const told = () => document.getElementById("minh-chung-tin");

class Upload {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.list = form.querySelector("[data-files]");
    this.rows = [];
    this.deeds = {
      retry: (row) => this.run([row]),
      drop: (row) => this.drop(row),
      instead: (row, file) => this.put(row, file),
      goOn: () => this.run(this.rows),
    };
    this.input.addEventListener("change", () => this.add(this.input.files));
    this.listenToDrops(form.querySelector("[data-drop]"));
    form.addEventListener("submit", (event) => this.onSubmit(event));
    holdsFiles(form, this);
  }

  /** The names of the files that are chosen and not saved. */
  unsent() {
    return this.rows.filter(({ state }) => state !== "sent").map(({ name }) => name);
  }

  listenToDrops(zone) {
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.dataset.over = "";
      });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => delete zone.dataset.over);
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.add(event.dataTransfer.files);
    });
  }

  onSubmit(event) {
    if (!this.rows.length) return; // no file: the plain form says what it needs
    event.preventDefault();
    this.run(this.rows);
  }

  // A file that was saved again after it was chosen is chosen once more: it takes the place of what cannot be read.
  add(files) {
    for (const file of files) {
      const before = this.rows.find(({ name, state }) => state === "changed" && name === file.name.normalize("NFC"));
      if (before) this.put(before, file);
      else this.append(new Row(file, this.form, this.deeds, this.room()));
    }
    this.input.value = "";
    remember(this.form, this.unsent());
  }

  /** The bytes that the unit's quota leaves for `row` beside the other files that stand here. */
  room(row) {
    if (this.form.dataset.room === undefined) return Infinity;
    const others = this.rows.filter((other) => other !== row && other.state !== "refused");
    return Number(this.form.dataset.room) - others.reduce((sum, { file }) => sum + file.size, 0);
  }

  append(row) {
    this.rows.push(row);
    this.list.append(row.element);
  }

  put(before, file) {
    const row = new Row(file, this.form, this.deeds, this.room(before));
    this.rows.splice(this.rows.indexOf(before), 1, row);
    before.element.replaceWith(row.element);
    remember(this.form, this.unsent());
  }

  async drop(row) {
    this.rows = this.rows.filter((other) => other !== row);
    row.element.remove();
    for (const other of this.rows) if (other.lacksRoom) other.check(this.room(other));
    remember(this.form, this.unsent());
    if (this.rows.some(({ state }) => state === "sent") && !this.running) await this.show();
  }

  /** Sends what is chosen, or the document without files. Resolves to whether all of it is saved. */
  async sendAll() {
    if (!this.form.reportValidity()) return false;
    if (!this.rows.length) return this.sendBare();
    await this.run(this.rows);
    return !this.unsent().length;
  }

  run(rows) {
    for (const row of rows) if (row.isSendable) row.state = "waiting";
    this.running ??= this.work().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  // The fields as they are now go with every file: what is typed meanwhile belongs to the next document.
  async work() {
    const fields = [...bodyOf(this.form)].filter(([name]) => name !== "csrf_token");
    const makeBody = (file) => {
      const body = bodyOf(this.form, { file });
      for (const name of new Set([...body.keys()])) if (!["csrf_token", "files"].includes(name)) body.delete(name);
      for (const [name, value] of fields) body.append(name, value);
      return body;
    };
    do {
      for (let row = this.next(); row; row = this.next()) {
        await row.send(makeBody);
        if (row.state === "signed-out" || row.state === "other") this.hold();
      }
      await this.show();
    } while (this.next());
  }

  // Nothing of what waits can go before somebody has signed in.
  hold() {
    for (const row of this.rows) if (row.state === "waiting") row.state = "ready";
  }

  next() {
    return this.rows.find(({ state }) => state === "waiting");
  }

  async show() {
    const sent = this.rows.filter(({ state }) => state === "sent");
    const unsent = this.unsent();
    const summary = this.form.elements.summary.value;
    if (sent.length && !unsent.length) forget(this.form);
    const isRead = !sent.length || (await reread(PARTS, unsent.length ? [] : ["tai-len"]));
    this.say(summary, sent, unsent, isRead);
    // The button that was pressed may be gone: a reader with keys goes on at what has just been saved.
    if (sent.length && document.activeElement === document.body) document.getElementById("h-minh-chung").focus();
  }

  async sendBare() {
    const summary = this.form.elements.summary.value;
    const outcome = await send(this.form, null, () => bodyOf(this.form), { onMoved: () => {}, onStill: () => {} }).ended;
    if (outcome.state !== "sent") {
      this.note("unsaved-note", sentenceOf(outcome));
      return false;
    }
    forget(this.form);
    this.say(summary, [{ name: "", place: outcome.place }], [], await reread(PARTS, ["tai-len"]));
    return true;
  }

  say(summary, sent, unsent, isRead) {
    told().replaceChildren();
    if (sent.length) {
      const names = sent.map(({ name }) => name).filter(Boolean).join(", ");
      const note = this.note("saved-note", `“${summary}”${names && `: ${names}`}.`);
      note.querySelector("a").href = sent.at(-1).place;
      note.querySelector("[data-unread]").hidden = isRead;
    }
    if (unsent.length) this.note("unsaved-note", `${unsent.join(", ")}.`);
  }

  note(id, words) {
    const note = fromTemplate(id);
    note.querySelector("[data-says]").textContent = words;
    told().append(note);
    return note;
  }
}

const startAll = () => {
  for (const form of document.querySelectorAll("form[data-upload]:not([data-started])")) {
    form.dataset.started = "";
    new Upload(form);
  }
};
document.addEventListener("htmx:after:swap", startAll);
startAll();
