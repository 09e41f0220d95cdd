import { newNonce } from "./outbox.js";

// Where one answers in a thread. What was refused stays in the field, and its nonce with it: sent again, it is stored once.
export class ThreadForm {
  #form;
  #post;
  #onRefused;
  #nonce = null;

  // post: posts {body, nonce, in_room} and resolves when it is stored; onRefused: called with the code.
  constructor(form, post, onRefused) {
    this.#form = form;
    this.#post = post;
    this.#onRefused = onRefused;
    form.addEventListener("submit", (event) => this.#submitted(event));
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
    this.field.addEventListener("input", () => (this.#nonce = null));
  }

  get field() {
    return this.#form.elements.body;
  }

  get isShown() {
    return !this.#form.hidden;
  }

  show(isShown) {
    this.#form.hidden = !isShown;
  }

  // Private

  #pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  async #submitted(event) {
    event.preventDefault();
    const { body, in_room: inRoom } = this.#form.elements;
    if (!body.value.trim() || body.readOnly) return;
    body.readOnly = true;
    this.#nonce ??= newNonce();
    try {
      await this.#post({ body: body.value.trim(), nonce: this.#nonce, in_room: inRoom.checked });
      body.value = "";
      inRoom.checked = false;
      this.#nonce = null;
    } catch (error) {
      this.#onRefused(error.code);
    }
    body.readOnly = false;
    body.focus();
  }
}
