import { part } from "../ui/dom.js";
import { lazy } from "../ui/lazy.js";
import { loadDeferred } from "../ui/deferred.js";

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const OF_TEXT = "input, textarea, select, [contenteditable]";

// What opens by a key from anywhere on the page: Ctrl or ⌘ with K the switcher, ? the list of all keys.
export class Shortcuts {
  #room;
  #sidebar;
  #switcher = lazy(() => this.#fetchSwitcher());

  constructor(room, sidebar) {
    this.#room = room;
    this.#sidebar = sidebar;
    document.addEventListener("keydown", (event) => this.#onKeydown(event));
    document.addEventListener("click", ({ target }) => target.closest("[data-opens]") && this.#open(target.closest("[data-opens]").dataset.opens));
    nameModifier(document);
  }

  // Private

  #onKeydown(event) {
    const isSwitch = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isHelp = event.key === "?" && !event.ctrlKey && !event.metaKey && !event.target.closest(OF_TEXT);
    if (!isSwitch && !isHelp) return;
    event.preventDefault();
    this.#open(isSwitch ? "switcher" : "shortcuts");
  }

  #open(what) {
    const opened = what === "switcher" ? this.#openSwitcher() : this.#openShortcuts();
    opened.catch(() => {}); // without a connection nothing can be fetched, which the page says
  }

  async #openShortcuts() {
    await loadDeferred(this.#room);
    nameModifier(this.#room);
    part(this.#room, "shortcuts").showModal();
  }

  async #openSwitcher() {
    (await this.#switcher()).open();
  }

  async #fetchSwitcher() {
    const [{ Switcher }] = await Promise.all([import("./switcher.js"), loadDeferred(this.#room)]);
    return new Switcher(this.#room, this.#sidebar);
  }
}

function nameModifier(element) {
  if (IS_APPLE) for (const key of element.querySelectorAll("kbd[data-modifier]")) key.textContent = "⌘";
}
