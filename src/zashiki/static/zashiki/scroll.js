const NEAR = 100; // pixels from the end that still count as being there

// Where one reads. Everything that changes the timeline's height goes through `change`.
export class Scroll {
  #scroller;
  #list;
  #resizes;
  #atEnd = true;

  // scroller: what scrolls; list: the element whose children are messages. onMove: called when one has scrolled.
  constructor(scroller, list, onMove) {
    this.#scroller = scroller;
    this.#list = list;
    this.#resizes = new ResizeObserver(() => this.#atEnd && this.#pin());
    this.#resizes.observe(scroller);
    this.#resizes.observe(scroller.firstElementChild);
    scroller.addEventListener("scroll", () => this.#moved(onMove), { passive: true });
  }

  get isAtEnd() {
    return this.#atEnd;
  }

  // Whether an element lies further up than what one sees.
  isAbove(element) {
    return element.getBoundingClientRect().bottom < this.#scroller.getBoundingClientRect().top;
  }

  toEnd() {
    this.#atEnd = true;
    this.#pin();
  }

  // Bring a message into the middle.
  reveal(element) {
    this.#atEnd = false;
    element.scrollIntoView({ block: "center" });
    this.#measure();
  }

  // Change the timeline: who is at its end stays there, who reads further up keeps the same line before their eyes.
  change(mutate) {
    if (this.#atEnd) {
      mutate();
      this.#pin();
      return;
    }
    const anchor = this.#firstInSight();
    const before = anchor?.getBoundingClientRect().top;
    mutate();
    if (anchor?.isConnected) this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  stop() {
    this.#resizes.disconnect();
  }

  // Private

  #pin() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #moved(onMove) {
    this.#measure();
    onMove();
  }

  #measure() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #firstInSight() {
    const top = this.#scroller.getBoundingClientRect().top;
    const messages = this.#list.children;
    let low = 0;
    let high = messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (messages[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    return messages[low] ?? null;
  }
}
