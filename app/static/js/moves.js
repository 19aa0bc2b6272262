// After a move by button or menu the focus goes on with the card, not back to the top of the page.

let pressed = null;

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  pressed = ctx.sourceElement.closest(".card, #notices")?.id ?? null;
});

document.addEventListener("htmx:after:swap", () => {
  if (!pressed || document.activeElement !== document.body) return;
  const place = document.getElementById(pressed);
  place?.querySelector("a.duty, button")?.focus();
  pressed = null;
});
