// A field that another one's choice makes needed says so, and the browser insists on it from then on.

const holds = (form, needed) => {
  const [name, value] = needed.split("=");
  const said = new FormData(form).get(name) ?? "";
  return value === undefined ? said.trim() !== "" : said === value;
};

const tell = (field) => {
  const isNeeded = holds(field.form, field.dataset.needed);
  const label = document.querySelector(`label[for="${field.id}"]`);
  const free = label.querySelector("[data-free]");
  field.required = isNeeded;
  label.classList.toggle("must", isNeeded);
  free.textContent = free.dataset.free;
  free.hidden = isNeeded;
};

const tellAll = (place) => place.querySelectorAll("[data-needed]").forEach(tell);

for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => target.form && tellAll(target.form));
document.addEventListener("htmx:after:swap", () => tellAll(document));
tellAll(document);
