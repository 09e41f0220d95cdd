const GRACE = 700; // milliseconds that a connection may be away before it is worth a word

// How the connection is doing, in the sentences that the page holds.
export class ConnectionStatus {
  #banner;
  #timer = null;
  #ticker = null;

  constructor(banner) {
    this.#banner = banner;
  }

  connected() {
    this.#show(null);
  }

  // wait: milliseconds until the next try.
  disconnected(wait) {
    const isShown = !this.#message("lost").hidden;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#showDisconnected(Date.now() + wait), isShown ? 0 : GRACE);
  }

  offline() {
    this.#show("offline");
  }

  // why: "ended" or "signed-out".
  closed(why) {
    const link = this.#message(why).querySelector("[data-sign-in]");
    if (link) link.search = new URLSearchParams({ next: location.pathname + location.search }); // back here afterwards
    this.#show(why);
  }

  stop() {
    clearTimeout(this.#timer);
    clearInterval(this.#ticker);
  }

  // Private

  #showDisconnected(until) {
    this.#show("lost");
    const tick = () => this.#count(Math.ceil((until - Date.now()) / 1000));
    tick();
    this.#ticker = setInterval(tick, 500);
  }

  #count(seconds) {
    const wait = this.#message("lost").querySelector("[data-wait]");
    wait.hidden = seconds < 2;
    wait.querySelector("[data-seconds]").textContent = Math.max(1, seconds);
  }

  #show(name) {
    this.stop();
    for (const sentence of this.#banner.querySelectorAll("[data-status]")) {
      sentence.hidden = sentence.dataset.status !== name;
    }
  }

  #message(name) {
    return this.#banner.querySelector(`[data-status="${name}"]`);
  }
}
