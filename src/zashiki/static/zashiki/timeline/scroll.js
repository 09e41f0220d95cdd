const NEAR = 100; // pixels from the end that still count as being there

// Where one reads. Everything that changes the timeline's height goes through `change`. The style turns the scroller
// round: 0 is its end, and what is further up is below 0.
export class Scroll {
  #scroller;
  #list;
  #resizes;
  #atEnd = true;
  #anchor = null; // the first message in sight, and how far below the upper edge it begins
  #offset = 0; // pixels
  #isChanging = false;
  #set = 0; // how far it was scrolled when that was last looked at; where it still stands there, nobody has moved

  // scroller: what scrolls; list: the element whose children are messages. onMove: called when one has scrolled.
  constructor(scroller, list, onMove) {
    this.#scroller = scroller;
    this.#list = list;
    this.#resizes = new ResizeObserver(() => this.#onResize()); // a picture came, the window changed
    this.#resizes.observe(scroller);
    this.#resizes.observe(scroller.firstElementChild);
    scroller.addEventListener("scroll", () => this.#onScroll(onMove), { passive: true });
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
  // A change may be part of another, whose place counts.
  change(mutate) {
    if (this.#isChanging) return mutate();
    if (this.#hasMoved) this.#measure();
    else if (!this.#atEnd) this.#refresh();
    this.#isChanging = true;
    try {
      mutate();
    } finally {
      this.#isChanging = false;
    }
    this.#hold();
  }

  // Change it where what is shown is not all: whoever is at its end is not at the end of the room.
  changeWithin(mutate) {
    this.#atEnd = false;
    this.change(mutate);
    this.#measure();
  }

  stop() {
    this.#resizes.disconnect();
  }

  // Private

  // The event that tells of it may still be to come.
  get #hasMoved() {
    return this.#scroller.scrollTop !== this.#set;
  }

  #onResize() {
    if (this.#hasMoved) this.#measure();
    else this.#hold();
  }

  #hold() {
    if (this.#atEnd) this.#pin();
    else if (this.#anchor?.isConnected) this.#restore();
    else this.#refresh();
  }

  #restore() {
    this.#scroller.scrollTop += this.#distance(this.#anchor) - this.#offset;
    this.#set = this.#scroller.scrollTop;
  }

  #refresh() {
    this.#anchor = this.#firstInSight();
    if (this.#anchor) this.#offset = this.#distance(this.#anchor);
  }

  #distance(element) {
    return element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  #pin() {
    this.#scroller.scrollTop = this.#set = 0;
  }

  #onScroll(onMove) {
    if (this.#hasMoved) this.#measure();
    onMove();
  }

  #measure() {
    this.#set = this.#scroller.scrollTop;
    this.#atEnd = -this.#scroller.scrollTop < NEAR;
    this.#refresh();
  }

  // Between messages stand lines of days, which older messages do away with.
  #firstInSight() {
    const top = this.#scroller.getBoundingClientRect().top;
    const { children } = this.#list;
    let low = 0;
    let high = children.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (children[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    return children[low]?.matches(".z-day") ? children[low + 1] : (children[low] ?? null);
  }
}
