// Rows a person opened stay open, on this device.

const key = (row) => `open:${row.id}`;

const recall = () => {
  for (const row of document.querySelectorAll("details[data-remember]")) {
    try {
      if (localStorage.getItem(key(row))) row.open = true;
    } catch {
      return; // storage is switched off: nothing is remembered
    }
  }
};

// "toggle" does not bubble, but it is captured.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.("details[data-remember]")) return;
    try {
      if (target.open) localStorage.setItem(key(target), "1");
      else localStorage.removeItem(key(target));
    } catch {
      // as above
    }
  },
  true,
);
document.addEventListener("htmx:after:swap", recall);
recall();
