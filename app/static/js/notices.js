// The live region: closing, the seconds left to undo, and what to say when the server failed or could not be reached.

const region = document.getElementById("notices");

const show = (content) => {
  region.dataset.floats = "";
  region.replaceChildren(content);
};

const trouble = (id, reference = "") => {
  const content = document.getElementById(id).content.cloneNode(true);
  const place = content.querySelector("[data-reference]");
  if (place) place.textContent = reference;
  show(content);
};

// A notice of the server's own says more than ours; anything else (a proxy's page) is not shown.
const serverTrouble = ({ text, response }) => {
  if (response.headers.get("HX-Retarget") !== "#notices") return trouble("trouble-server", response.headers.get("X-Request-Id") ?? "");
  const notice = document.createElement("template");
  notice.innerHTML = text;
  return show(notice.content);
};

const countDown = (form) => {
  const words = form.querySelector("[data-left]");
  const ends = performance.now() + Number(form.dataset.undo) * 1000;
  delete form.dataset.undo;
  const tick = () => {
    const left = Math.ceil((ends - performance.now()) / 1000);
    if (left <= 0 || !form.isConnected) {
      clearInterval(timer);
      form.remove();
      return;
    }
    words.textContent = words.dataset.left.replace("{n}", left);
  };
  const timer = setInterval(tick, 250);
  tick();
};

const countAll = () => document.querySelectorAll("form[data-undo]").forEach(countDown);

if (region) {
  document.addEventListener("click", (event) => event.target.closest("[data-close]")?.closest(".note").remove());
  document.addEventListener("htmx:before:swap", ({ detail }) => {
    if (detail.tasks.some((task) => task.target === region)) region.dataset.floats = "";
  });
  document.addEventListener("htmx:after:swap", countAll);
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    if (ctx.response.status >= 500) serverTrouble(ctx);
  });
  document.addEventListener("htmx:error", () => trouble("trouble-network"));
  countAll();
}
