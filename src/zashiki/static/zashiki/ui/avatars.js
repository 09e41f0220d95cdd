// The pictures of people, once for the page: a rule for each, so that messages need not know who has one.

let worn = null;

// url: where the addresses of the pictures are, by the people's keys.
export function loadAvatars(url) {
  worn ??= addStyles(url);
}

async function addStyles(url) {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) return; // initials do
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(Object.entries(await answer.json()).map(rule).join(""));
  document.adoptedStyleSheets.push(sheet);
}

function rule([key, url]) {
  const who = CSS.escape(key);
  return `.z-message[data-author="${who}"] > .z-avatar, .z-avatar[data-key="${who}"] { background: url("${encodeURI(url)}") center / cover; color: transparent; }`;
}
