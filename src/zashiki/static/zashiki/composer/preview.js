import { part } from "../ui/dom.js";

const PAUSE = 250; // milliseconds without a key after which it is drawn again

// What one writes, as others will see it; above the field, while it is wished.
export class Preview {
  #element;
  #button;
  #composer;
  #subscription;
  #onRefused;
  #timer = null;
  #requestNumber = 0;

  // onRefused: called with the code when it could not be drawn.
  constructor(room, composer, subscription, onRefused) {
    this.#element = part(room, "preview");
    this.#button = room.querySelector('[data-action="preview"]');
    this.#composer = composer;
    this.#subscription = subscription;
    this.#onRefused = onRefused;
    composer.field.form.before(this.#element);
    composer.field.addEventListener("input", () => this.#schedule());
    composer.field.addEventListener("keydown", ({ key }) => key === "Escape" && this.#toggle(false));
  }

  toggle() {
    this.#toggle(this.#element.hidden);
    this.#composer.focus();
  }

  // Private

  #toggle(isShown) {
    this.#element.hidden = !isShown;
    this.#button.setAttribute("aria-pressed", String(isShown));
    if (isShown) this.#render();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (!this.#element.hidden) this.#timer = setTimeout(() => this.#render(), PAUSE);
  }

  async #render() {
    const asked = ++this.#requestNumber;
    const body = this.#composer.text;
    try {
      const html = body ? (await this.#subscription.request("preview", { body })).html : "";
      if (asked !== this.#requestNumber) return;
      this.#element.querySelector(".z-body").innerHTML = html; // cleaned by the server
      this.#element.querySelector("[data-none]").hidden = html !== "";
    } catch (error) {
      this.#onRefused(error.code);
    }
  }
}
