// Any other form with a file – a signed paper, a conclusion, a plan, a workbook of results, a self-report – goes the same
// way as a document: the page stands, with its file and everything typed, until the product says that it is written.

import { forget } from "./drafts.js";
import { fromTemplate } from "./page.js";
import { bodyOf, send } from "./send.js";
import { sentenceOf, signInAddress, wordsOf } from "./sending.js";
import { signInBeside } from "./session.js";
import { goTo, holdsFiles } from "./unsent.js";

class FileForm {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    form.addEventListener("submit", (event) => this.onSubmit(event));
    form.addEventListener("change", () => this.note?.remove());
    holdsFiles(form, this);
  }

  /** The names of the files that are chosen and not saved. */
  unsent() {
    return this.isSent ? [] : [...this.input.files].map(({ name }) => name.normalize("NFC"));
  }

  onSubmit(event) {
    if (!this.input.files.length || event.defaultPrevented) return; // no file: an ordinary form
    event.preventDefault();
    if (!this.under) this.go(event.submitter);
    else if (this.isStill) this.again();
  }

  // Who does not want to wait for the answer any longer sends once more; it is known again on the other side.
  again() {
    this.repeats = true;
    this.under.stop();
  }

  begin(submitter) {
    this.note?.remove();
    this.note = fromTemplate("sending-note");
    this.find("[data-retry]").addEventListener("click", () => this.form.requestSubmit(submitter));
    this.find("[data-sign-in]").addEventListener("click", (event) => {
      event.preventDefault();
      signInBeside(event.target.href, () => this.form.requestSubmit(submitter));
    });
    this.form.append(this.note);
  }

  find(selector) {
    return this.note.querySelector(selector);
  }

  async go(submitter) {
    this.begin(submitter);
    const [file] = this.input.files;
    const watch = { onMoved: (share) => this.moved(share), onStill: () => this.stands() };
    do {
      this.repeats = this.isStill = false;
      this.offer();
      this.say(wordsOf("sending"), "info");
      this.under = send(this.form, file, () => bodyOf(this.form, { file, submitter }), watch);
      this.end(await this.under.ended);
    } while (this.repeats && !this.isSent);
    this.under = null;
  }

  moved(share) {
    this.isStill = false;
    this.offer();
    this.find("progress").value = Math.round(share * 100);
    this.say(share === 1 ? wordsOf("saving") : wordsOf("sending"), "info");
  }

  stands() {
    this.isStill = true;
    this.offer("retry");
    this.say(wordsOf("still"), "late");
  }

  end(outcome) {
    this.find("progress").hidden = true;
    if (outcome.state === "sent") {
      this.isSent = true;
      forget(this.form);
      goTo(outcome.place);
      return;
    }
    this.offer(...{ changed: [], "signed-out": ["retry", "sign-in"], other: ["retry", "sign-in"] }[outcome.state] ?? ["retry"]);
    this.find("[data-sign-in]").href = signInAddress(outcome.state);
    this.say(sentenceOf(outcome), "late");
  }

  offer(...names) {
    for (const name of ["retry", "sign-in"]) this.find(`[data-${name}]`).hidden = !names.includes(name);
  }

  say(words, tone) {
    this.find("[data-says]").textContent = words;
    this.note.dataset.s = tone;
    this.note.scrollIntoView({ block: "nearest" });
  }
}

for (const form of document.querySelectorAll('main form[enctype="multipart/form-data"]:not([data-upload], [data-keeps])')) {
  if (form.querySelector("input[type=file]")) new FileForm(form);
}
