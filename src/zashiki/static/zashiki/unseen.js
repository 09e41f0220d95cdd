// What was said while one looked elsewhere: further up, or at another page.
export class Unseen {
  #button;
  #below = 0;
  #away = 0;
  #title;

  // button: leads to the newest; hasTitle: whether the page's title is ours to count in.
  constructor(button, hasTitle) {
    this.#button = button;
    this.#title = hasTitle ? document.title : null;
    document.addEventListener("visibilitychange", () => this.#cameBack());
  }

  // Somebody said something; isAtEnd: whether it can be seen without scrolling.
  add(isAtEnd) {
    if (!isAtEnd) this.#below++;
    if (document.hidden) this.#away++;
    this.#tell();
  }

  // Show the way to the newest, unless one is there.
  show(isAtEnd) {
    if (isAtEnd) this.#below = 0;
    this.#button.hidden = isAtEnd;
    this.#button.querySelector("[data-count]").textContent = this.#below || "";
  }

  #cameBack() {
    if (document.hidden) return;
    this.#away = 0;
    this.#tell();
  }

  #tell() {
    if (this.#title) document.title = this.#away ? `(${this.#away}) ${this.#title}` : this.#title;
  }
}
