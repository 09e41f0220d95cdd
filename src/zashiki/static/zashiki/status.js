const GRACE = 700; // milliseconds that a connection may be away before it is worth a word

// How the connection is doing, in the sentences that the page holds.
export class Status {
  #banner;
  #timer = null;
  #ticker = null;

  constructor(banner) {
    this.#banner = banner;
  }

  good() {
    this.#show(null);
  }

  // wait: milliseconds until the next try.
  lost(wait) {
    const isShown = !this.#sentence("lost").hidden;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lost(Date.now() + wait), isShown ? 0 : GRACE);
  }

  offline() {
    this.#show("offline");
  }

  // why: "ended" or "signed-out".
  ended(why) {
    this.#show(why);
  }

  stop() {
    clearTimeout(this.#timer);
    clearInterval(this.#ticker);
  }

  // Private

  #lost(until) {
    this.#show("lost");
    const tick = () => this.#count(Math.ceil((until - Date.now()) / 1000));
    tick();
    this.#ticker = setInterval(tick, 500);
  }

  #count(seconds) {
    const wait = this.#sentence("lost").querySelector("[data-wait]");
    wait.hidden = seconds < 2;
    wait.querySelector("[data-seconds]").textContent = Math.max(1, seconds);
  }

  #show(name) {
    this.stop();
    for (const sentence of this.#banner.querySelectorAll("[data-status]")) {
      sentence.hidden = sentence.dataset.status !== name;
    }
  }

  #sentence(name) {
    return this.#banner.querySelector(`[data-status="${name}"]`);
  }
}
