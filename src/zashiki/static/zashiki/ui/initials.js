// How a person is drawn; the page's template filters draw the same on the server.

import { cloneTemplate } from "./dom.js";

const HUES = 12;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_IDEOGRAPH = 0x2e80; // Han, kana, hangul, emoji: one fills the square

export function initials(name) {
  const words = name.trim().split(/\s+/);
  if (!words[0]) return "";
  const alone = words.length === 1 || words[0].codePointAt(0) >= FIRST_IDEOGRAPH;
  const ends = alone ? [words[0]] : [words[0], words.at(-1)];
  return ends
    .map((word) => String.fromCodePoint(word.codePointAt(0)))
    .join("")
    .toUpperCase();
}

// Whether a person's key is that of a visitor.
export function isGuest(key) {
  return key.startsWith("v");
}

// Put the badge of guests behind the element that holds a name, or take it away.
export function markGuest(room, element, key) {
  const badge = element.nextElementSibling;
  if (badge?.matches(".z-guest")) {
    badge.previousSibling.remove(); // the space
    badge.remove();
  }
  if (isGuest(key)) element.after(" ", cloneTemplate(room, "guest"));
}

// The names of people for a plain text, such as a title.
export function listOfNames(room, people) {
  const badge = cloneTemplate(room, "guest").textContent;
  return people.map(({ id, name }) => isolated(name) + (isGuest(id) ? ` (${badge})` : "")).join(", ");
}

// A name for a plain text with other words beside it, which it must not turn around (Unicode Standard Annex 9).
export function isolated(text) {
  const isPlain = /^\p{L}(?:.*[\p{L}\p{N}])?$/u.test(text) && !RIGHT_TO_LEFT.test(text);
  return isPlain || !text ? text : `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "")}\u2069`;
}

export function hue(key) {
  let sum = 0;
  for (const letter of key) sum += letter.codePointAt(0);
  return (sum * 5) % HUES;
}
