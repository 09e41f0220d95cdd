import { numberOf } from "../ui/time.js";

const NEARLY = 0.9; // the part of the limit from which the length is shown

// Characters as the server counts them: code points.
export function lengthOf(text) {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) if (text.codePointAt(at) > 0xffff) pairs++, at++;
  return text.length - pairs;
}

// What was typed, as it is sent: without empty lines before it and space behind it; the indentation of its first line is part of it.
export function trimmed(text) {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd();
}

// A text that every server takes: half of a surrogate pair and NUL stand for no character, and become the sign for that (U+FFFD).
export function wellFormed(text) {
  return text.replace(/\p{Surrogate}|\0/gu, "\ufffd");
}

// Show how long a text is when that matters; element: holds [data-too-long] and [data-length].
export function showLength(element, length, limit) {
  element.hidden = length < limit * NEARLY;
  element.querySelector("[data-too-long]").hidden = length <= limit;
  element.querySelector("[data-length]").textContent = element.hidden ? "" : `${numberOf(length)} / ${numberOf(limit)}`;
}
