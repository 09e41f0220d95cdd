import { wordsOf } from "./prose.js";
import { isFinal } from "./wire.js";

const LENGTH = 140; // letters of a quote

// The words of messages that are answered: asked for, never kept in the answer, so that a deleted one is never quoted.
export class Quotes {
  #room;
  #sitting;
  #asked = new Set();
  #isAsking = false;

  constructor(room, sitting) {
    this.#room = room;
    this.#sitting = sitting;
  }

  // A message is now in this state.
  heard(state) {
    for (const quote of this.#room.querySelectorAll(`[data-quotes="${state.id}"]`)) fill(quote, state);
  }

  // Fill what stands empty.
  show() {
    for (const quote of this.#room.querySelectorAll(".z-quote[data-quotes]:not([data-filled])")) this.#asked.add(Number(quote.dataset.quotes));
    if (this.#asked.size && !this.#isAsking) this.#ask();
  }

  // Private

  async #ask() {
    this.#isAsking = true;
    const ids = [...this.#asked].filter(Boolean).slice(0, 200);
    this.#asked.clear();
    try {
      for (const state of (await this.#sitting.ask("messages", { ids })).messages) this.heard(state);
      this.#settle(ids);
    } catch (error) {
      if (isFinal(error)) this.#settle(ids); // anything else: the next look asks again
    }
    this.#isAsking = false;
  }

  // These are asked for no more.
  #settle(ids) {
    for (const id of ids) for (const quote of this.#room.querySelectorAll(`[data-quotes="${id}"]`)) quote.setAttribute("data-filled", "");
  }
}

function fill(quote, state) {
  quote.querySelector("span").textContent = state.deleted ? "…" : wordsOf(state, LENGTH);
  quote.setAttribute("data-filled", "");
}
