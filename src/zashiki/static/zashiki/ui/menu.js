import { openNextTo } from "./popover.js";
import { rove, resetStop } from "./roving_tabindex.js";

const ITEM = '[role="menuitem"]';

// A menu of a button (ARIA Authoring Practices, "menu button"); the browser closes it and gives the focus back.
export class Menu {
  #element;
  #button = null;

  // onChoice: called with the item's action, and the button with which the menu was opened.
  constructor(element, onChoice) {
    this.#element = element;
    rove(element, ITEM, ["ArrowDown", "ArrowUp"]);
    element.addEventListener("click", (event) => this.#onSelect(event, onChoice));
    element.addEventListener("keydown", (event) => this.#onKeydown(event));
    element.addEventListener("toggle", ({ newState }) => this.#button?.setAttribute("aria-expanded", String(newState === "open")));
  }

  get isOpen() {
    return this.#element.matches(":popover-open");
  }

  // Offer the items for which `isOffered` is true.
  open(button, isOffered = () => true) {
    if (this.isOpen) return;
    this.#button = button;
    for (const item of this.#element.querySelectorAll(ITEM)) item.hidden = !isOffered(item);
    if (!openNextTo(this.#element, button)) return;
    resetStop(this.#element, ITEM);
    this.#element.querySelector('[tabindex="0"]')?.focus();
  }

  close() {
    if (this.isOpen) this.#element.hidePopover();
  }

  // Private

  #onSelect(event, onChoice) {
    const item = event.target.closest(ITEM);
    if (!item) return;
    event.stopPropagation(); // the room would hear its action a second time
    this.close();
    onChoice(item.dataset.action, this.#button);
  }

  #onKeydown(event) {
    if (event.key === "Tab") this.close();
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.key === " ") return;
    const items = [...this.#element.querySelectorAll(ITEM)].filter((item) => !item.hidden);
    const at = items.indexOf(document.activeElement) + 1;
    const begins = (item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase());
    [...items.slice(at), ...items.slice(0, at)].find(begins)?.focus();
  }
}
