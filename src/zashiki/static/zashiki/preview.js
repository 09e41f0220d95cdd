import { part } from "./dom.js";

const PAUSE = 250; // milliseconds without a key after which it is drawn again

// What one writes, as others will see it; above the field, while it is wished.
export class Preview {
  #element;
  #button;
  #composer;
  #sitting;
  #onRefused;
  #timer = null;
  #asked = 0;

  // onRefused: called with the code when it could not be drawn.
  constructor(room, composer, sitting, onRefused) {
    this.#element = part(room, "preview");
    this.#button = room.querySelector('[data-action="preview"]');
    this.#composer = composer;
    this.#sitting = sitting;
    this.#onRefused = onRefused;
    composer.field.form.before(this.#element);
    composer.field.addEventListener("input", () => this.#soon());
    composer.field.addEventListener("keydown", ({ key }) => key === "Escape" && this.#turn(false));
  }

  toggle() {
    this.#turn(this.#element.hidden);
    this.#composer.focus();
  }

  // Private

  #turn(isShown) {
    this.#element.hidden = !isShown;
    this.#button.setAttribute("aria-pressed", String(isShown));
    if (isShown) this.#draw();
  }

  #soon() {
    clearTimeout(this.#timer);
    if (!this.#element.hidden) this.#timer = setTimeout(() => this.#draw(), PAUSE);
  }

  async #draw() {
    const asked = ++this.#asked;
    const body = this.#composer.text;
    try {
      const html = body ? (await this.#sitting.ask("preview", { body })).html : "";
      if (asked !== this.#asked) return;
      this.#element.querySelector(".z-body").innerHTML = html; // cleaned by the server
      this.#element.querySelector("[data-none]").hidden = html !== "";
    } catch (error) {
      this.#onRefused(error.code);
    }
  }
}
