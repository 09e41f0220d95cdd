// How a mention is written, and where one begins and ends. mention_text.py follows the same rules, and tests/messages/mention_cases.json holds
// both to them.

// Letters of scripts that put no space between words, or join endings to a name.
const UNSPACED =
  /[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3031-\u3035\u303b\u3041-\u309f\u30a1-\u30fa\u30fc-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{323af}]/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const NO_LETTERS = "\ufe0f\u20e3"; // marks of emoji
const BEFORE_NONE = "@＠./\\+-"; // as in an address
const WITHIN = "._+-@"; // signs within the name of an account
const CHOSEN = /@\[((?:[^[\]\\\n]|\\.){1,400})\]\((?:u(?:[\p{L}\p{N}_.:-]|%[0-9A-Fa-f]{2}){1,900}|v[0-9a-f]{1,79}|room)\)/gu;

// A text as it was typed, with the names of those it speaks to.
export function plain(body) {
  return body.includes("@[") ? body.replace(CHOSEN, (_, name) => `@${unescaped(name)}`) : body;
}

// The mentions of chosen people in a text: [{written, name}, ...].
export function chosenIn(body) {
  return [...body.matchAll(CHOSEN)].map(([written, name]) => ({ written, name: unescaped(name) }));
}

// A mention of this person as it is stored in a message.
export function written(name, key) {
  const code = encodeURIComponent(key).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `@[${name.replace(/[\\[\]*_~`<>&]/g, "\\$&")}](${code.replaceAll("%3A", ":")})`;
}

// Whether the @ at this place of a text can begin a mention.
export function begins(text, at) {
  const before = lastOf(text.slice(Math.max(0, at - 2), at));
  return !before || (!BEFORE_NONE.includes(before) && !isWord(before));
}

// Whether a name that goes up to this place of a text ends there.
export function ends(text, at) {
  let next = at;
  while (next < text.length && WITHIN.includes(text[next])) next++;
  const after = firstOf(text.slice(next, next + 2));
  if (!after || !isWord(after)) return true;
  return next === at && UNSPACED.test(lastOf(text.slice(Math.max(0, at - 2), at))) && !/\p{M}/u.test(after);
}

// Private

function isWord(letter) {
  return LETTER.test(letter) && !UNSPACED.test(letter) && !NO_LETTERS.includes(letter);
}

function firstOf(text) {
  return [...text][0] ?? "";
}

function lastOf(text) {
  return [...text].at(-1) ?? "";
}

function unescaped(name) {
  return name.replace(/\\(.)/gu, "$1");
}
