// Copying a text at a press. Where the clipboard is not offered (plain http), the text is selected and copied the old way.

const copy = async (field) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
  field.select();
  if (!document.execCommand("copy")) throw new Error("not copied");
  return undefined;
};

for (const row of document.querySelectorAll("[data-copies]")) row.hidden = false;

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  try {
    await copy(field);
    said.textContent = said.dataset.copied;
  } catch {
    field.focus();
    field.select(); // what is left is Ctrl+C, as the hint says
  }
});
