// Results follow what is typed on the search page. A letter that an input method still composes is not sent.

const PAUSE = 200;
const field = document.getElementById("q");
let timer;

const ask = () => {
  const results = document.getElementById("ket-qua");
  if (!results) return;
  const url = `${field.form.action}?q=${encodeURIComponent(field.value)}`;
  window.htmx.ajax("GET", url, { target: "#ket-qua", swap: "outerHTML" });
  window.history.replaceState(null, "", url);
};

const later = (event) => {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
};

field?.addEventListener("input", later);
field?.addEventListener("compositionend", later);
field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.isComposing) event.preventDefault();
});
