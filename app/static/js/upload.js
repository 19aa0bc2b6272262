// Files one by one with a bar each; what is typed goes with every one of them under one key, so they are one document.
import { send } from "./send.js";

const sizeWords = (bytes) =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;

class Row {
  constructor(file, form, onChange) {
    this.file = file;
    this.form = form;
    this.element = form.querySelector("[data-file-row]").content.firstElementChild.cloneNode(true);
    this.bar = this.find("progress");
    this.find("[data-name]").textContent = file.name.normalize("NFC");
    this.find("[data-size]").textContent = sizeWords(file.size);
    this.find("[data-drop-file]").addEventListener("click", () => onChange("drop", this));
    this.find("[data-retry]").addEventListener("click", () => onChange("retry", this));
    this.check(Number(form.dataset.maxBytes));
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  check(maxBytes) {
    this.state = "ready";
    if (this.file.size > maxBytes) this.refuse("tooLarge");
    else if (this.file.size === 0) this.refuse("empty");
  }

  refuse(why) {
    this.state = "refused";
    this.say(this.find("[data-says]").dataset[why], "late");
  }

  say(words, tone = "info") {
    const place = this.find("[data-says]");
    place.textContent = words;
    place.dataset.s = tone;
  }

  moved(share) {
    this.bar.hidden = false;
    this.bar.value = Math.round(share * 100);
    if (share === 1) this.say(this.find("[data-says]").dataset.saving);
  }

  async send() {
    this.state = "sending";
    this.find("[data-retry]").hidden = true;
    this.find("[data-drop-file]").hidden = true;
    this.say("");
    this.ended(await send(this.form, this.file, (share) => this.moved(share)));
  }

  ended({ ok, sentence, fault, reference }) {
    const words = this.find("[data-says]").dataset;
    this.state = ok ? "sent" : "failed";
    this.bar.hidden = !ok;
    this.find("[data-retry]").hidden = ok;
    this.find("[data-drop-file]").hidden = ok;
    if (ok) this.say(words.sent, "done");
    else this.say(sentence ?? (fault === "cut" ? words.cut : `${words.failed} ${reference}`), "late");
  }
}

// The page's own parts are read again: all of the evidence, or its list while files wait in the form. What a person
// is typing in the form of the next step stays.
const refresh = (part) =>
  window.htmx.ajax("GET", window.location.pathname, {
    target: part,
    swap: "outerHTML",
    select: part,
    selectOOB: "#buoc:outerMorph,#nhat-ky:outerHTML,#notices:innerHTML",
  });

const start = (form) => {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-files]");
  const zone = form.querySelector("[data-drop]");
  let rows = [];

  const run = async (chosen) => {
    for (const row of chosen) await row.send();
    await reread();
  };
  const reread = async () => {
    const sent = rows.filter((row) => row.state === "sent");
    if (!sent.length) return;
    await refresh(sent.length === rows.length ? "#minh-chung" : "#van-ban");
    // The button that was pressed may be gone: a reader with keys goes on at what has just been saved.
    if (document.activeElement === document.body) document.getElementById("h-minh-chung").focus();
  };
  const onChange = (what, row) => {
    if (what === "retry") {
      run([row]);
      return;
    }
    rows = rows.filter((other) => other !== row);
    row.element.remove();
    reread();
  };
  const add = (files) => {
    const added = [...files].map((file) => new Row(file, form, onChange));
    rows.push(...added);
    list.append(...added.map((row) => row.element));
    input.value = "";
  };

  input.addEventListener("change", () => add(input.files));
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => delete zone.dataset.over);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  form.addEventListener("submit", (event) => {
    if (!rows.length) return; // no file: the plain form says what it needs
    event.preventDefault();
    run(rows.filter((row) => row.state === "ready" || row.state === "failed"));
  });
};

const startAll = () => {
  for (const form of document.querySelectorAll("form[data-upload]:not([data-started])")) {
    form.dataset.started = "";
    start(form);
  }
};
document.addEventListener("htmx:after:swap", startAll);
startAll();
