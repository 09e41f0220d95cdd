// Instants as a reader of this page says them: its language, this device's time zone.

const language = () => document.documentElement.lang || navigator.language;
const day = (instant) => new Date(instant.getFullYear(), instant.getMonth(), instant.getDate());
const DAY = 24 * 3600 * 1000; // milliseconds
const LONGEST = 60_000; // milliseconds without a look at the clock: while a device sleeps no timer runs
const formats = new Map(); // language and style -> Intl.DateTimeFormat
let isBegun = false;

// Write what is said here, but not while the page begins: a browser's first format takes as long as all the rest of that.
export function afterFirstPaint(write) {
  if (isBegun) return write();
  setTimeout(() => {
    isBegun = true;
    write();
  });
}

// Two instants of the same day have the same key: its date (ISO 8601).
export function dayKey(instant) {
  const [month, date] = [instant.getMonth() + 1, instant.getDate()].map((each) => String(each).padStart(2, "0"));
  return `${instant.getFullYear()}-${month}-${date}`;
}

export function numberOf(number) {
  return number.toLocaleString(language());
}

export function formatTime(instant) {
  return format(instant, { timeStyle: "short" });
}

// "today", "yesterday", or the date; the year only when it is another one.
export function formatDay(instant, now = new Date()) {
  const distance = Math.round((day(instant) - day(now)) / DAY);
  if (distance === 0 || distance === -1) {
    return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(distance, "day");
  }
  const year = instant.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(instant, { weekday: "long", day: "numeric", month: "long", year });
}

export function formatFull(instant) {
  return format(instant, { dateStyle: "full", timeStyle: "short" });
}

// Tells when another day has begun here, or the device has come to another time zone.
export class Today {
  #onChange;
  #timer = null;
  #key = keyOfNow();

  constructor(onChange) {
    this.#onChange = onChange;
    document.addEventListener("visibilitychange", this.look);
    for (const type of ["focus", "pageshow"]) addEventListener(type, this.look);
    this.look();
  }

  // Look at the clock now.
  look = () => {
    const key = keyOfNow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.look, Math.min(LONGEST, untilTomorrow()));
    if (key === this.#key) return;
    this.#key = key;
    this.#onChange();
  };
}

// Each format is made once: making it takes longer than using it.
function format(instant, how) {
  const key = JSON.stringify([language(), how]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language(), how));
  return formats.get(key).format(instant);
}

function keyOfNow() {
  const now = new Date();
  return `${dayKey(now)} ${now.getTimezoneOffset()}`;
}

// Milliseconds until the next day begins here; where clocks are set forward at midnight it begins at one o'clock.
function untilTomorrow() {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1) - now;
}
