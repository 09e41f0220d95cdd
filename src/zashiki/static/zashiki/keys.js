import { part } from "./dom.js";
import { parts } from "./parts.js";

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const OF_TEXT = "input, textarea, select, [contenteditable]";

// What opens by a key from anywhere on the page: Ctrl or ⌘ with K the switcher, ? the list of all keys.
export class Keys {
  #room;
  #sidebar;
  #switcher = null; // a promise of Switcher

  constructor(room, sidebar) {
    this.#room = room;
    this.#sidebar = sidebar;
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("click", ({ target }) => this.#open(target.closest("[data-opens]")?.dataset.opens));
    nameModifier(document);
  }

  // Private

  #pressed(event) {
    const isSwitch = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isHelp = event.key === "?" && !event.ctrlKey && !event.metaKey && !event.target.closest(OF_TEXT);
    if (!isSwitch && !isHelp) return;
    event.preventDefault();
    this.#open(isSwitch ? "switcher" : "shortcuts");
  }

  async #open(what) {
    if (!what) return;
    await parts(this.#room);
    nameModifier(this.#room);
    if (what === "shortcuts") return part(this.#room, "shortcuts").showModal();
    this.#switcher ??= import("./switcher.js").then(({ Switcher }) => new Switcher(this.#room, this.#sidebar));
    (await this.#switcher).open();
  }
}

function nameModifier(element) {
  if (IS_APPLE) for (const key of element.querySelectorAll("kbd[data-modifier]")) key.textContent = "⌘";
}
