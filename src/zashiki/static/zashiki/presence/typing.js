import { markGuest } from "../ui/initials.js";

const SEND_INTERVAL = 3_000; // milliseconds between two times that the others are told
const EXPIRY = 6_000; // milliseconds after which somebody has stopped who was not heard again

// Who is about to say something.
export class Typing {
  #room;
  #line;
  #subscription;
  #lastSent = 0;
  #people = new Map(); // key -> {name, timer}

  // room: the element that holds the templates; line: holds a sentence for one [data-typing="1"], for two, and for many; field: where one writes oneself, or null.
  constructor(room, line, subscription, field) {
    this.#room = room;
    this.#line = line;
    this.#subscription = subscription;
    field?.addEventListener("input", ({ target }) => this.#onInput(target.value));
  }

  // Somebody has pressed a key.
  onTyping({ id, name }) {
    if (id === this.#subscription.me) return;
    clearTimeout(this.#people.get(id)?.timer);
    this.#people.set(id, { name, timer: setTimeout(() => this.onStopped(id), EXPIRY) });
    this.#show();
  }

  // Somebody has said it, or has stopped.
  onStopped(id) {
    clearTimeout(this.#people.get(id)?.timer);
    if (this.#people.delete(id)) this.#show();
  }

  // Private

  #onInput(text) {
    const now = Date.now();
    if (!text.trim() || now - this.#lastSent < SEND_INTERVAL) return;
    this.#lastSent = now;
    this.#subscription.request("typing", {}).catch(() => {}); // felt, never true
  }

  #show() {
    const people = [...this.#people];
    const kind = people.length > 2 ? "many" : String(people.length);
    for (const sentence of this.#line.querySelectorAll("[data-typing]")) {
      sentence.hidden = sentence.dataset.typing !== kind;
      if (!sentence.hidden) sentence.querySelectorAll("b").forEach((each, at) => this.#call(each, ...people[at]));
    }
  }

  #call(element, key, { name }) {
    element.textContent = name;
    markGuest(this.#room, element, key);
  }
}
