import { cloneTemplate } from "../ui/dom.js";

// The line above what is new since one looked last, and the way up to it.
export class UnreadDivider {
  #room;
  #timeline;
  #scroll;
  #jumpButton;
  #line = null;
  #position = null; // of the last message above the line
  #isSeen = true;

  // way: a button that leads to the line; goTo: shows the message at a position.
  constructor(room, timeline, scroll, way, goTo) {
    this.#room = room;
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#jumpButton = way;
    way.addEventListener("click", () => goTo(this.#position + 1));
  }

  // Everything above a position is new; number: of the new messages.
  mark(position, number) {
    this.clear();
    this.#position = position;
    this.#isSeen = false;
    this.#line = cloneTemplate(this.#room, "since");
    this.#jumpButton.querySelector("[data-count]").textContent = number;
    this.show();
  }

  clear() {
    this.#scroll.change(() => this.#line?.remove());
    this.#position = this.#line = null;
    this.#jumpButton.hidden = true;
  }

  // What is shown has changed, or one has moved: the line stands where it belongs, if that is in the page.
  show() {
    if (this.#position === null) return;
    const message = this.#firstNew();
    if (message && this.#line.parentNode !== message.element) this.#scroll.change(() => message.element.prepend(this.#line));
    const isAbove = message ? this.#scroll.isAbove(this.#line) : true;
    this.#isSeen ||= !isAbove;
    this.#jumpButton.hidden = this.#isSeen;
  }

  // Private

  #firstNew() {
    const isBeyond = this.#timeline.hasMoreBefore && this.#timeline.first?.position > this.#position + 1;
    return isBeyond ? null : this.#timeline.from(this.#position + 1);
  }
}
