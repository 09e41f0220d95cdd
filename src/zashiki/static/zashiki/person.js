// How a person is drawn; the page's template filters draw the same on the server.

const HUES = 12;
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

export function hue(key) {
  let sum = 0;
  for (const letter of key) sum += letter.codePointAt(0);
  return (sum * 5) % HUES;
}
