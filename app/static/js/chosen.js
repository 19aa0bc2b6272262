// A single file: its name under the button, and dropping it on the zone. Many files with bars of their own: upload.js.

const named = (input) => {
  const place = input.closest("[data-drop]")?.querySelector("[data-chosen]");
  if (place) place.textContent = [...input.files].map((file) => file.name.normalize("NFC")).join(", ");
};

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  if (!zone.querySelector("[data-chosen]")) continue;
  input.addEventListener("change", () => named(input));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    named(input);
  });
}
