// Leaves those rooms in the sidebar whose names hold what was typed.
export class Filter {
  #element;
  #field;
  #folded = []; // sections that were unfolded to look into them

  // element: the sidebar, with [data-part="filter"] and sections of list items.
  constructor(element) {
    this.#element = element;
    this.#field = element.querySelector('[data-part="filter"]');
    this.#field.addEventListener("input", () => this.look());
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
  }

  // The rooms or the wish have changed.
  look() {
    const wanted = folded(this.#field.value.trim());
    for (const item of this.#items()) item.hidden = !folded(item.querySelector(".z-room-name").textContent).includes(wanted);
    if (wanted) this.#unfold();
    else this.#foldAgain();
    this.#element.querySelector("[data-none]").hidden = this.#shown().length > 0 || !wanted;
  }

  // Private

  #pressed(event) {
    const first = this.#shown()[0]?.querySelector("a");
    if (event.key === "Enter") first?.click();
    else if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Escape" && this.#field.value) this.#clear();
    else return;
    event.preventDefault();
  }

  #clear() {
    this.#field.value = "";
    this.look();
  }

  #unfold() {
    for (const section of this.#element.querySelectorAll("[data-section]:not([open])")) {
      this.#folded.push(section);
      section.open = true;
    }
  }

  #foldAgain() {
    for (const section of this.#folded) section.open = false;
    this.#folded = [];
  }

  #shown() {
    return this.#items().filter((item) => !item.hidden);
  }

  #items() {
    return [...this.#element.querySelectorAll("[data-section] li")];
  }
}

// Letters that a searcher takes for the same: of either case, of either width, with or without marks.
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
