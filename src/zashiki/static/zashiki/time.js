// Instants as a reader of this page says them: its language, this device's time zone.

const language = () => document.documentElement.lang || navigator.language;
const day = (instant) => new Date(instant.getFullYear(), instant.getMonth(), instant.getDate());
const DAY = 24 * 3600 * 1000; // milliseconds
const formats = new Map(); // language and style -> Intl.DateTimeFormat
let isBegun = false;

// Write what is said here, but not while the page begins: a browser's first format takes as long as all the rest of that.
export function soon(write) {
  if (isBegun) return write();
  setTimeout(() => {
    isBegun = true;
    write();
  });
}

// Two instants of the same day have the same key.
export function dayKey(instant) {
  return `${instant.getFullYear()}-${instant.getMonth() + 1}-${instant.getDate()}`;
}

export function timeOf(instant) {
  return format(instant, { timeStyle: "short" });
}

// "today", "yesterday", or the date; the year only when it is another one.
export function dayOf(instant, now = new Date()) {
  const distance = Math.round((day(instant) - day(now)) / DAY);
  if (distance === 0 || distance === -1) {
    return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(distance, "day");
  }
  const year = instant.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(instant, { weekday: "long", day: "numeric", month: "long", year });
}

export function fullOf(instant) {
  return format(instant, { dateStyle: "full", timeStyle: "short" });
}

// Each format is made once: making it takes longer than using it.
function format(instant, how) {
  const key = JSON.stringify([language(), how]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language(), how));
  return formats.get(key).format(instant);
}
