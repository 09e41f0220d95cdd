import { markGuest } from "./person.js";

const AGAIN = 3_000; // milliseconds between two times that the others are told
const KEPT = 6_000; // milliseconds after which somebody has stopped who was not heard again

// Who is about to say something.
export class Typing {
  #room;
  #line;
  #sitting;
  #told = 0;
  #people = new Map(); // key -> {name, timer}

  // room: the element that holds the templates; line: holds a sentence for one [data-typing="1"], for two, and for many; field: where one writes oneself, or null.
  constructor(room, line, sitting, field) {
    this.#room = room;
    this.#line = line;
    this.#sitting = sitting;
    field?.addEventListener("input", ({ target }) => this.#wrote(target.value));
  }

  // Somebody has pressed a key.
  heard({ id, name }) {
    if (id === this.#sitting.me) return;
    clearTimeout(this.#people.get(id)?.timer);
    this.#people.set(id, { name, timer: setTimeout(() => this.spoke(id), KEPT) });
    this.#show();
  }

  // Somebody has said it, or has stopped.
  spoke(id) {
    clearTimeout(this.#people.get(id)?.timer);
    if (this.#people.delete(id)) this.#show();
  }

  // Private

  #wrote(text) {
    const now = Date.now();
    if (!text.trim() || now - this.#told < AGAIN) return;
    this.#told = now;
    this.#sitting.ask("typing", {}).catch(() => {}); // felt, never true
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
