import { backoffDelay } from "../connection/backoff.js";

// When refused posts are sent again: after the time that the server names, or after one that grows with each refusal.
export class ResendTimer {
  #timer = null;
  #end = 0; // when it fires, in milliseconds
  #tries = 0; // refusals in a row
  #onTime;

  constructor(onTime) {
    this.#onTime = onTime;
  }

  get isRunning() {
    return this.#timer !== null;
  }

  // A post was refused for the time being; retryAfter: seconds, or null. Of several refusals the longest wait counts.
  start(retryAfter) {
    if (!this.isRunning) this.#tries++;
    const end = Date.now() + Math.max((retryAfter ?? 0) * 1000, backoffDelay(this.#tries));
    if (this.isRunning && end <= this.#end) return;
    clearTimeout(this.#timer);
    this.#end = end;
    this.#timer = setTimeout(() => this.#fire(), end - Date.now());
  }

  // A post was stored.
  reset() {
    this.#tries = 0;
  }

  #fire() {
    this.#timer = null;
    this.#onTime();
  }
}
