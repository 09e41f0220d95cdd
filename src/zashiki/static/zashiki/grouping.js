import { clone } from "./dom.js";
import { dayKey, dayOf, soon } from "./time.js";

const PAUSE = 5 * 60 * 1000; // milliseconds after which an author is named again

// What a message owes to the one before it: a day's line above it, or no head of its own.
export function settle(room, message, previous) {
  const startsDay = !previous || dayKey(previous.postedAt) !== dayKey(message.postedAt);
  const follows = !startsDay && previous.authorKey === message.authorKey && message.postedAt - previous.postedAt < PAUSE;
  message.element.toggleAttribute("data-follows", follows);
  settleDay(room, message, startsDay);
}

// Remove a message, and the day's line that stood above it.
export function remove(message) {
  lineAbove(message)?.remove();
  message.element.remove();
}

function settleDay(room, message, startsDay) {
  const line = lineAbove(message);
  if (!startsDay) return line?.remove();
  const shown = line ?? clone(room, "day");
  const time = shown.querySelector("time");
  time.dateTime = dayKey(message.postedAt);
  soon(() => (time.textContent = dayOf(message.postedAt)));
  if (!line) message.element.before(shown);
}

// The day's line above a message, or null.
export function lineAbove(message) {
  const above = message.element.previousElementSibling;
  return above?.matches(".z-day") ? above : null;
}
