// The way to the newest message, with the number of those that came while one read further up.
export class JumpToNewest {
  #button;
  #below = 0;

  constructor(button) {
    this.#button = button;
  }

  // Somebody said something that cannot be seen without scrolling.
  add() {
    this.#below++;
  }

  // Show the way, unless one is there.
  show(isAtEnd) {
    if (isAtEnd) this.#below = 0;
    this.#button.hidden = isAtEnd;
    this.#button.querySelector("[data-count]").textContent = this.#below || "";
  }
}
