import { isolated } from "../ui/initials.js";

// The title of a room's own page: the room's name, and how much waits to be read.
export class Title {
  #text = document.title;
  #count = 0;

  rename(before, after) {
    this.#text = this.#text.replace(isolated(before), () => isolated(after));
    this.#show();
  }

  count(number) {
    this.#count = number;
    this.#show();
  }

  #show() {
    document.title = this.#count ? `(${this.#count}) ${this.#text}` : this.#text;
  }
}
