import { lazy } from "../ui/lazy.js";

const KEYS = ["ArrowUp", "ArrowDown", "Enter", "Escape", "Delete", "r", "t", "e"]; // that mean something at a message

// What one does beside reading and writing. It is fetched when somebody reaches for it, not before.
export class LazyActions {
  #room;
  #context;
  #actions = null; // RoomActions, once they have come
  #quotes = null; // Quotes, once there is one to be filled

  // Be ready to do something; resolves to RoomActions.
  load = lazy(() => this.#fetchActions());

  #fill = lazy(() => this.#fetchQuotes());

  // context: the room's parts {subscription, timeline, history, scroll, composer, names, post, show, threads, unread}.
  constructor(room, context) {
    this.#room = room;
    this.#context = context;
    context.composer?.field.addEventListener("input", ({ target }) => /[@:＠：]/.test(target.value) && this.load().catch(() => {}));
    for (const type of ["pointerover", "focusin", "click"]) room.addEventListener(type, (event) => this.#onPointerOrFocus(event));
    room.addEventListener("keydown", (event) => this.#onKeydown(event));
    new MutationObserver(() => this.#refresh()).observe(room, { childList: true, subtree: true });
    this.#keepTabStop();
  }

  // Commands are heard.
  onSubscribed() {
    this.#refresh();
  }

  // Do what a button says, unless it says something that is not ours.
  async do(action, button) {
    (await this.load()).do(action, button);
  }

  // A message is now in this state.
  onMessage(state) {
    this.#actions?.onMessage(state);
    this.#quotes?.onMessage(state);
  }

  // Another device has kept a message, or has let it go.
  onSaved(event) {
    this.#actions?.onSaved(event);
  }

  // Private

  #onPointerOrFocus(event) {
    if (event.target.closest(".z-message, .z-room-menu")) this.load().then((actions) => actions.onPointerOrFocus(event), () => {});
  }

  // A key that is pressed before the actions have come is not lost.
  #onKeydown(event) {
    const message = event.target.closest?.(".z-message");
    if (!message || !KEYS.includes(event.key) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === message) event.preventDefault();
    this.load().then((actions) => actions.onKeydown(event), () => {});
  }

  async #fetchActions() {
    const { RoomActions } = await import("./room_actions.js");
    return (this.#actions = await RoomActions.load(this.#room, this.#context));
  }

  async #fetchQuotes() {
    const { Quotes } = await import("../timeline/quotes.js");
    return (this.#quotes = new Quotes(this.#room, this.#context.subscription));
  }

  #refresh() {
    this.#keepTabStop();
    if (!this.#room.querySelector(".z-quote[data-quotes]:not([data-filled])")) return;
    this.#fill().then((quotes) => quotes.show(), () => {}); // looked for again when the connection is back
  }

  // The tabulator stops at one message: the last, or the one that had the focus.
  #keepTabStop() {
    const { list } = this.#context;
    const stops = list.querySelectorAll(':scope > .z-message[tabindex="0"]');
    const last = list.querySelector(":scope > .z-message:last-of-type");
    if (stops.length === 1 && stops[0].contains(document.activeElement)) return;
    for (const stop of stops) if (stop !== last) stop.tabIndex = -1;
    if (last) last.tabIndex = 0;
  }
}
