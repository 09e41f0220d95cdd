const POINTED = 2_500; // milliseconds for which a message is marked that one was led to

// Where one is led: to the newest, to the message of a permalink, to a day.
export class Place {
  #timeline;
  #scroll;
  #history;

  constructor(timeline, scroll, history) {
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#history = history;
  }

  // As the page's address says. Returns whether it names a message.
  begin() {
    const position = Number(new URLSearchParams(location.search).get("at"));
    const message = position ? (this.#timeline.from(position) ?? this.#timeline.last) : null;
    if (message) this.#point(message.element, { focus: false });
    else this.#scroll.toEnd();
    return message !== null;
  }

  // To {around: position} or {at: moment, RFC 3339}; fetched if it is not in the page.
  async goTo({ around, at }) {
    const find = () => (at ? this.#timeline.since(new Date(at)) : this.#timeline.from(around));
    if (at || find()?.position !== around) await this.#history.goTo(around ? { around } : { at });
    const message = find() ?? this.#timeline.last;
    if (message) this.#point(message.element);
  }

  // Private

  #point(element, { focus = true } = {}) {
    this.#scroll.reveal(element);
    element.toggleAttribute("data-pointed", true);
    setTimeout(() => element.removeAttribute("data-pointed"), POINTED);
    if (!focus) return;
    element.tabIndex = 0;
    element.focus({ preventScroll: true });
  }
}
