import { cloneTemplate } from "../ui/dom.js";
import { dayKey, formatDay, afterFirstPaint } from "../ui/time.js";

const GROUPING_GAP = 5 * 60 * 1000; // milliseconds after which an author is named again

// What a message owes to the one before it: a day's line above it, or no head of its own.
export function updateGrouping(room, message, previous) {
  const startsDay = !previous || dayKey(previous.postedAt) !== dayKey(message.postedAt);
  const follows = !startsDay && previous.authorKey === message.authorKey && message.postedAt - previous.postedAt < GROUPING_GAP;
  message.element.toggleAttribute("data-follows", follows);
  updateDayDivider(room, message, startsDay);
}

// Remove a message, and the day's line that stood above it.
export function remove(message) {
  dayDividerAbove(message)?.remove();
  message.element.remove();
}

function updateDayDivider(room, message, startsDay) {
  const line = dayDividerAbove(message);
  if (!startsDay) return line?.remove();
  const shown = line ?? cloneTemplate(room, "day");
  const time = shown.querySelector("time");
  time.dateTime = dayKey(message.postedAt);
  afterFirstPaint(() => (time.textContent = formatDay(message.postedAt)));
  if (!line) message.element.before(shown);
}

// The day's line above a message, or null.
export function dayDividerAbove(message) {
  const above = message.element.previousElementSibling;
  return above?.matches(".z-day") ? above : null;
}
