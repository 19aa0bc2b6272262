// On paper everything is open: browsers before Chromium 131 print a closed details closed.

let opened = [];

window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open], .drops)")];
  for (const part of opened) part.open = true;
});

window.addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
  opened = [];
});
