// What was typed and not sent, kept on this device for the next visit to the same room.
export class Draft {
  #key;

  constructor(owner) {
    this.#key = `zashiki.draft.${owner}`;
  }

  get text() {
    try {
      return localStorage.getItem(this.#key) ?? "";
    } catch {
      return ""; // storage may be closed to us; then a draft lasts as long as the page
    }
  }

  set text(text) {
    try {
      if (text) localStorage.setItem(this.#key, text);
      else localStorage.removeItem(this.#key);
    } catch {
      // full or closed: the text still stands in the field
    }
  }
}
