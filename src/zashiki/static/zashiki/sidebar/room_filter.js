// Leaves those rooms in the sidebar whose names hold what was typed.
export class RoomFilter {
  #element;
  #field;
  #unfoldedSections = []; // sections that were unfolded to look into them

  // element: the sidebar, with [data-part="filter"] and sections of list items.
  constructor(element) {
    this.#element = element;
    this.#field = element.querySelector('[data-part="filter"]');
    this.#field.addEventListener("input", () => this.refresh());
    this.#field.addEventListener("keydown", (event) => this.#onKeydown(event));
  }

  // The rooms or the wish have changed.
  refresh() {
    const wanted = normalizeForSearch(this.#field.value.trim());
    for (const item of this.#items()) item.hidden = !normalizeForSearch(item.querySelector(".z-room-name").textContent).includes(wanted);
    if (wanted) this.#unfold();
    else this.#foldAgain();
    this.#element.querySelector("[data-none]").hidden = this.#shown().length > 0 || !wanted;
  }

  // Private

  #onKeydown(event) {
    const first = this.#shown()[0]?.querySelector("a");
    if (event.key === "Enter") first?.click();
    else if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Escape" && this.#field.value) this.#clear();
    else return;
    event.preventDefault();
  }

  #clear() {
    this.#field.value = "";
    this.refresh();
  }

  #unfold() {
    for (const section of this.#element.querySelectorAll("[data-section]:not([open])")) {
      this.#unfoldedSections.push(section);
      section.open = true;
    }
  }

  #foldAgain() {
    for (const section of this.#unfoldedSections) section.open = false;
    this.#unfoldedSections = [];
  }

  #shown() {
    return this.#items().filter((item) => !item.hidden);
  }

  #items() {
    return [...this.#element.querySelectorAll("[data-section] li")];
  }
}

// Letters that a searcher takes for the same: of either case, of either width, with or without marks.
export function normalizeForSearch(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
