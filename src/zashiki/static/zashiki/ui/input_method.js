const OF_INPUT_METHOD = 229; // the key code of a key that an input method takes (UI Events, legacy key codes)

let composedIn = null; // the field in which something is being composed

document.addEventListener("compositionstart", ({ target }) => (composedIn = target), true);
document.addEventListener("compositionend", () => (composedIn = null), true);

// Whether an input method composes something in a field.
export function isComposing(field) {
  return composedIn === field;
}

// Keys of an input method mean nothing to a part of the page: no handler in it hears of them, and none closes anything by its own.
// In Safari the Enter that ends a composition comes after its end; it still has the key code.
export function heedInputMethods(element) {
  element.addEventListener("keydown", takeKey, true);
}

function takeKey(event) {
  if (!event.isComposing && event.keyCode !== OF_INPUT_METHOD) return;
  event.stopImmediatePropagation();
  if (event.key === "Escape") event.preventDefault(); // the browser would close the dialog or popover around the field
}
