import { late } from "./late.js";

const KEYS = ["ArrowUp", "ArrowDown", "Enter", "Escape", "Delete", "r", "t", "e"]; // that mean something at a message

// What one does beside reading and writing. It is fetched when somebody reaches for it, not before.
export class Hands {
  #room;
  #desk;
  #deeds = null; // Deeds, once they have come
  #quotes = null; // Quotes, once there is one to be filled

  // Be ready to do something; resolves to Deeds.
  reach = late(() => this.#fetchDeeds());

  #fill = late(() => this.#fetchQuotes());

  // desk: the room's parts {sitting, timeline, history, scroll, composer, names, post, show, threads, unread}.
  constructor(room, desk) {
    this.#room = room;
    this.#desk = desk;
    desk.composer?.field.addEventListener("input", ({ target }) => /[@:＠：]/.test(target.value) && this.reach().catch(() => {}));
    for (const type of ["pointerover", "focusin", "click"]) room.addEventListener(type, (event) => this.#touched(event));
    room.addEventListener("keydown", (event) => this.#pressed(event));
    new MutationObserver(() => this.#look()).observe(room, { childList: true, subtree: true });
    this.#keepStop();
  }

  // Commands are heard.
  seated() {
    this.#look();
  }

  // Do what a button says, unless it says something that is not ours.
  async do(action, button) {
    (await this.reach()).do(action, button);
  }

  // A message is now in this state.
  heard(state) {
    this.#deeds?.heard(state);
    this.#quotes?.heard(state);
  }

  // Another device has kept a message, or has let it go.
  saved(event) {
    this.#deeds?.saved(event);
  }

  // Private

  #touched(event) {
    if (event.target.closest(".z-message, .z-room-menu")) this.reach().then((deeds) => deeds.touched(event), () => {});
  }

  // A key that is pressed before the deeds have come is not lost.
  #pressed(event) {
    const message = event.target.closest?.(".z-message");
    if (!message || !KEYS.includes(event.key) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === message) event.preventDefault();
    this.reach().then((deeds) => deeds.pressed(event), () => {});
  }

  async #fetchDeeds() {
    const { Deeds } = await import("./deeds.js");
    return (this.#deeds = await Deeds.fetched(this.#room, this.#desk));
  }

  async #fetchQuotes() {
    const { Quotes } = await import("./quotes.js");
    return (this.#quotes = new Quotes(this.#room, this.#desk.sitting));
  }

  #look() {
    this.#keepStop();
    if (!this.#room.querySelector(".z-quote[data-quotes]:not([data-filled])")) return;
    this.#fill().then((quotes) => quotes.show(), () => {}); // looked for again when the connection is back
  }

  // The tabulator stops at one message: the last, or the one that had the focus.
  #keepStop() {
    const { list } = this.#desk;
    const stops = list.querySelectorAll(':scope > .z-message[tabindex="0"]');
    const last = list.querySelector(":scope > .z-message:last-of-type");
    if (stops.length === 1 && stops[0].contains(document.activeElement)) return;
    for (const stop of stops) if (stop !== last) stop.tabIndex = -1;
    if (last) last.tabIndex = 0;
  }
}
