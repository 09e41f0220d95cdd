const SHOWN = 6_000; // milliseconds

// A sentence about what was just done, or could not be; read out politely, and gone after a while.
export class Toast {
  #element;
  #timer = null;

  // element: role="status", with a sentence in each [data-notice].
  constructor(element) {
    this.#element = element;
  }

  // name: of the sentence; what has none of its own gets the one for everything else.
  show(name) {
    const sentences = [...this.#element.querySelectorAll("[data-notice]")];
    const said = sentences.some((sentence) => sentence.dataset.notice === name) ? name : "error";
    for (const sentence of sentences) sentence.hidden = sentence.dataset.notice !== said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(sentences), SHOWN);
  }

  #hide(sentences) {
    for (const sentence of sentences) sentence.hidden = true;
  }
}
