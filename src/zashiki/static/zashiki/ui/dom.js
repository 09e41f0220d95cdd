// The page's own markup, from which everything new is cloned.

// The element marked data-part="name" inside an element, or null.
export function part(element, name) {
  return element.querySelector(`[data-part="${name}"]`);
}

// Where things are that are fetched when they are needed: {deferred, emoji, rooms, people, talk}.
export function urlsOf(room) {
  return part(room, "addresses").dataset;
}

// A fresh copy of what <template data-template="name"> inside an element holds.
export function cloneTemplate(element, name) {
  const template = element.querySelector(`template[data-template="${name}"]`);
  return template.content.firstElementChild.cloneNode(true);
}
