const NEAR = 100; // pixels from the end that still count as being there

// Where one reads. Everything that changes the timeline's height goes through `change`.
export class Scroll {
  #scroller;
  #list;
  #resizes;
  #atEnd = true;
  #anchor = null; // the first message in sight, and how far below the upper edge it begins
  #offset = 0; // pixels
  #set = null; // how far it was scrolled here; where it still stands there, nobody has moved

  // scroller: what scrolls; list: the element whose children are messages. onMove: called when one has scrolled.
  constructor(scroller, list, onMove) {
    this.#scroller = scroller;
    this.#list = list;
    this.#resizes = new ResizeObserver(() => this.#hold()); // a picture came, the window changed
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
    if (!this.#atEnd) this.#look();
    mutate();
    this.#hold();
  }

  stop() {
    this.#resizes.disconnect();
  }

  // Private

  #hold() {
    if (this.#atEnd) this.#pin();
    else if (this.#anchor?.isConnected) this.#restore();
    else this.#look();
  }

  #restore() {
    this.#scroller.scrollTop += this.#distance(this.#anchor) - this.#offset;
    this.#set = this.#scroller.scrollTop;
  }

  #look() {
    this.#anchor = this.#firstInSight();
    if (this.#anchor) this.#offset = this.#distance(this.#anchor);
  }

  #distance(element) {
    return element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  #pin() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#set = this.#scroller.scrollTop;
  }

  #moved(onMove) {
    if (this.#scroller.scrollTop !== this.#set) this.#measure();
    onMove();
  }

  #measure() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#set = null;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    this.#look();
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
