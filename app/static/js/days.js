// A day as it was understood stands in its field as soon as it is typed, written out; the calendar beside it writes there too.
// The same reading as in app/core/days.py: what the server takes is what is shown here.

const BETWEEN = "\\s*(?:[/.,\\-‐‑–—]|\\s)\\s*";
const WRITTEN = new RegExp(`^(?:ngày\\s*)?([0-9]{1,2})(?:${BETWEEN}|\\s*(?:tháng|thg\\.?)\\s*)([0-9]{1,2})(?:(?:${BETWEEN}|\\s*năm\\s*)([0-9]{4}|[0-9]{2}))?\\.?$`, "i");
const YEAR_FIRST = /^([0-9]{4})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})$/;
const TOGETHER = /^([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})$/;
const LAST_CENTURY = 70;
const YEARS = 4;

const twice = (number) => `${number}`.padStart(2, "0");
const iso = (year, month, day) => `${`${year}`.padStart(4, "0")}-${twice(month)}-${twice(day)}`;

// What no calendar has is null.
const made = (year, month, day) => {
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? iso(year, month, day) : null;
};

const whole = (year) => (year.length > 2 ? Number(year) : Number(year) + (Number(year) < LAST_CENTURY ? 2000 : 1900));

const chosen = (month, day, { day: today, year, first, last }) => {
  const now = Number(today.slice(0, 4));
  const far = (found) => Math.abs(Date.parse(found) - Date.parse(today));
  const around = Array.from({ length: 2 * YEARS + 1 }, (_, n) => made(now - YEARS + n, month, day)).filter(Boolean);
  const wished = [year && made(Number(year), month, day), ...around.sort((a, b) => far(a) - far(b) || (a < b ? -1 : 1))].filter(Boolean);
  return wished.find((found) => (!first || first <= found) && (!last || found <= last)) ?? wished[0] ?? null;
};

/** The day in `text` as 2024-05-14, or null; `about` says which days the field is about, as its data attributes do. */
export const parseDay = (text, about) => {
  const written = text.normalize("NFC").trim();
  const yearFirst = YEAR_FIRST.exec(written);
  if (yearFirst) return made(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const [, day, month, year] = WRITTEN.exec(written) ?? TOGETHER.exec(written) ?? [];
  if (!day) return null;
  return year ? made(whole(year), Number(month), Number(day)) : chosen(Number(month), Number(day), about);
};

const HOUR = /^([0-9]{1,2})\s*(?:(?:giờ|h|g|:|\.)\s*(?:([0-9]{1,2})(?:\s*(?:phút|ph|p|'))?)?)?\s*(sáng|trưa|chiều|tối)?$/i;
const NOON = 12;

/** The hour in `text` as 08:30, or null. */
export const parseHour = (text) => {
  const [, written, minutes = "0", part = ""] = HOUR.exec(text.normalize("NFC").trim()) ?? [];
  const isLate = ["chiều", "tối"].includes(part.toLowerCase()) && Number(written) < NOON;
  const hour = Number(written) + (isLate ? NOON : 0);
  return written && hour < 24 && Number(minutes) < 60 ? `${twice(hour)}:${twice(Number(minutes))}` : null;
};

const asWritten = (found) => found.split("-").reverse().join("/");

const understand = (field) => {
  const found = field.value && parseDay(field.value, field.dataset);
  if (found) field.value = asWritten(found);
};

const take = (calendar) => {
  const field = calendar.previousElementSibling;
  if (!calendar.value) return;
  field.value = asWritten(calendar.value);
  calendar.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

document.addEventListener("change", ({ target }) => {
  if (target.matches("input[data-day]")) understand(target);
  else if (target.matches("input[data-hour]")) target.value = parseHour(target.value) ?? target.value;
  else if (target.matches("input[data-calendar]")) take(target);
});

// Enter sends a form before "change" is told of.
document.addEventListener("submit", ({ target }) => target.querySelectorAll("input[data-day]").forEach(understand), true);

const ready = () => {
  for (const field of document.querySelectorAll("input[data-day][aria-required]")) field.required = true;
  for (const calendar of document.querySelectorAll("input[data-calendar]")) calendar.tabIndex = -1; // keys write the day
};

document.addEventListener("htmx:after:swap", ready);
ready();
