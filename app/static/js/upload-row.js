// One chosen file in the form of a document: its name, its bar, what became of it, and what can be done about it.

import { send } from "./send.js";
import { sentenceOf, signInAddress, wordsOf } from "./sending.js";
import { signInBeside } from "./session.js";

const sizeWords = (bytes) =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;

export class Row {
  /** `deeds`: retry(row), drop(row), instead(row, file), goOn() once the session is open again. `room`: bytes left. */
  constructor(file, form, deeds, room = Infinity) {
    this.file = file;
    this.form = form;
    this.deeds = deeds;
    this.name = file.name.normalize("NFC");
    this.element = form.querySelector("[data-file-row]").content.firstElementChild.cloneNode(true);
    this.bar = this.find("progress");
    this.find("[data-name]").textContent = this.name;
    this.find("[data-size]").textContent = sizeWords(file.size);
    this.find("[data-drop-file]").addEventListener("click", () => deeds.drop(this));
    this.find("[data-retry]").addEventListener("click", () => this.again());
    this.find("[data-instead]").addEventListener("click", () => this.chooseInstead());
    this.find("[data-sign-in]").addEventListener("click", (event) => this.signIn(event));
    this.check(room);
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  /** Whether sending it may help: not for a file that is too large, empty or no longer what was chosen. */
  get isSendable() {
    return !["sent", "refused", "changed", "sending", "waiting"].includes(this.state);
  }

  /** Refused for want of room alone: it may go once another file is taken out. */
  get lacksRoom() {
    return this.state === "refused" && this.why === "noRoom";
  }

  check(room) {
    this.state = "ready";
    this.say("");
    if (this.file.size > Number(this.form.dataset.maxBytes)) this.refuse("tooLarge");
    else if (this.file.size > room) this.refuse("noRoom");
    else if (this.file.size === 0) this.refuse("empty");
  }

  refuse(why) {
    this.state = "refused";
    this.why = why;
    this.say(this.find("[data-says]").dataset[why], "late");
  }

  say(words, tone = "info") {
    const place = this.find("[data-says]");
    place.textContent = words;
    place.dataset.s = tone;
  }

  offer(...names) {
    for (const name of ["retry", "instead", "sign-in", "drop-file"]) this.find(`[data-${name}]`).hidden = !names.includes(name);
  }

  moved(share) {
    this.bar.hidden = false;
    this.bar.value = Math.round(share * 100);
    this.offer();
    this.say(wordsOf(share === 1 ? "saving" : "sending"));
  }

  // It goes on waiting for the answer: who does not want to wait sends it again, under the same key.
  stands() {
    this.say(wordsOf("still"), "late");
    this.offer("retry");
  }

  /** Sends the file with what `makeBody(file)` gives. Resolves when it is clear what became of it. */
  async send(makeBody) {
    do {
      this.repeats = false;
      this.state = "sending";
      this.offer();
      this.say(wordsOf("sending"));
      const watch = { onMoved: (share) => this.moved(share), onStill: () => this.stands() };
      this.sending = send(this.form, this.file, () => makeBody(this.file), watch);
      this.end(await this.sending.ended);
    } while (this.repeats && this.state !== "sent");
  }

  end(outcome) {
    this.state = outcome.state;
    this.place = outcome.place;
    this.bar.hidden = this.state !== "sent";
    this.say(sentenceOf(outcome).replace(`${this.name}: `, ""), this.state === "sent" ? "done" : "late");
    if (this.state === "sent") this.offer();
    else if (this.state === "changed") this.offer("instead", "drop-file");
    else this.offer("retry", "drop-file", ...(["signed-out", "other"].includes(this.state) ? ["sign-in"] : []));
    this.find("[data-sign-in]").href = signInAddress(this.state);
  }

  again() {
    if (this.state !== "sending") return this.deeds.retry(this);
    this.repeats = true;
    return this.sending.stop();
  }

  chooseInstead() {
    const input = Object.assign(document.createElement("input"), { type: "file" });
    input.addEventListener("change", () => this.deeds.instead(this, input.files[0]));
    input.click();
  }

  signIn(event) {
    event.preventDefault();
    signInBeside(signInAddress(this.state), () => this.deeds.goOn());
  }
}
