const COMPOSING = 229; // the key code of a key that belongs to an input method (UI Events, legacy key codes)
const NEARLY = 0.9; // the part of the limit from which the length is shown

// Where one writes. Enter sends, Shift+Enter begins a new line, and a key that belongs to an input method does neither.
export class Composer {
  #form;
  #field;
  #button;
  #over;
  #limit;
  #draft;
  #onPost;

  // limit: characters; over: where the length is told when it matters; onPost: called with what was written.
  constructor(form, over, limit, draft, onPost) {
    this.#form = form;
    this.#field = form.elements.body;
    this.#button = form.querySelector("button");
    this.#over = over;
    this.#limit = limit;
    this.#draft = draft;
    this.#onPost = onPost;
    this.#field.value ||= draft.text;
    form.addEventListener("submit", this.#submitted);
    this.#field.addEventListener("keydown", this.#pressed);
    this.#field.addEventListener("input", this.#typed);
    this.#typed();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  // Events

  #submitted = (event) => {
    event.preventDefault();
    if (!this.#isReady) return;
    this.#onPost(this.#field.value.trim());
    this.#field.value = "";
    this.#typed();
    this.focus();
  };

  #pressed = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    if (event.isComposing || event.keyCode === COMPOSING) return;
    if (matchMedia("(pointer: coarse) and (hover: none)").matches && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#form.requestSubmit();
  };

  #typed = () => {
    this.#draft.text = this.#field.value;
    this.#button.setAttribute("aria-disabled", String(!this.#isReady));
    this.#tellLength();
    if (!CSS.supports("field-sizing", "content")) this.#grow();
  };

  // Private

  get #isReady() {
    return this.#field.value.trim() !== "" && this.#length <= this.#limit;
  }

  // In code points, as the server counts.
  get #length() {
    return [...this.#field.value.trim()].length;
  }

  #tellLength() {
    const near = this.#field.value.length >= this.#limit * NEARLY;
    this.#over.hidden = !near;
    this.#over.textContent = near ? `${this.#length} / ${this.#limit}` : "";
  }

  #grow() {
    this.#field.style.blockSize = "auto";
    this.#field.style.blockSize = `${this.#field.scrollHeight}px`;
  }
}
