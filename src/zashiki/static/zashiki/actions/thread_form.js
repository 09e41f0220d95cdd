import { lengthOf, showLength, trimmed } from "../composer/text_length.js";
import { newNonce } from "../ui/browser_tab.js";

// Where one answers in a thread. What was refused stays in the field, and its nonce with it: sent again, it is stored once.
export class ThreadForm {
  #form;
  #post;
  #onRefused;
  #nonce = null;
  #over;
  #write;
  #limit;

  // post: posts {body, nonce, in_room} and resolves when it is stored; onRefused: called with the code; over: where the length
  // is told when it matters; write: makes of what was typed what the server is to have; limit: tells how many characters may be sent.
  constructor(form, { post, onRefused, over, write, limit }) {
    this.#form = form;
    this.#post = post;
    this.#onRefused = onRefused;
    this.#over = over;
    this.#write = write;
    this.#limit = limit;
    form.addEventListener("submit", (event) => this.#onSubmit(event));
    this.field.addEventListener("keydown", (event) => this.#onKeydown(event));
    this.field.addEventListener("input", () => this.#typed());
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

  get #text() {
    return this.#write(trimmed(this.field.value));
  }

  #typed() {
    this.#nonce = null;
    showLength(this.#over, lengthOf(this.#text), this.#limit());
  }

  #onKeydown(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  async #onSubmit(event) {
    event.preventDefault();
    const { body, in_room: inRoom } = this.#form.elements;
    if (!body.value.trim() || body.readOnly || lengthOf(this.#text) > this.#limit()) return;
    body.readOnly = true;
    this.#nonce ??= newNonce();
    try {
      await this.#post({ body: this.#text, nonce: this.#nonce, in_room: inRoom.checked });
      body.value = "";
      inRoom.checked = false;
      this.#typed();
    } catch (error) {
      this.#onRefused(error.code);
    }
    body.readOnly = false;
    body.focus();
  }
}
