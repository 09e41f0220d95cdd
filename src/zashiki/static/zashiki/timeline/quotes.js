import { excerpt } from "./message_body.js";
import { isFinal } from "../connection/protocol.js";

const LENGTH = 140; // letters of a quote

// The words of messages that are answered: asked for, never kept in the answer, so that a deleted one is never quoted.
export class Quotes {
  #room;
  #subscription;
  #requested = new Set();
  #isAsking = false;

  constructor(room, subscription) {
    this.#room = room;
    this.#subscription = subscription;
  }

  // A message is now in this state.
  onMessage(state) {
    for (const quote of this.#room.querySelectorAll(`[data-quotes="${state.id}"]`)) fill(quote, state);
  }

  // Fill what stands empty.
  show() {
    for (const quote of this.#room.querySelectorAll(".z-quote[data-quotes]:not([data-filled])")) this.#requested.add(Number(quote.dataset.quotes));
    if (this.#requested.size && !this.#isAsking) this.#fetch();
  }

  // Private

  async #fetch() {
    this.#isAsking = true;
    const ids = [...this.#requested].filter(Boolean).slice(0, 200);
    this.#requested.clear();
    try {
      for (const state of (await this.#subscription.request("messages", { ids })).messages) this.onMessage(state);
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
  quote.querySelector("span").textContent = state.deleted ? "…" : excerpt(state, LENGTH);
  quote.setAttribute("data-filled", "");
}
