const HIGHLIGHT_TIME = 2_500; // milliseconds for which a message is marked that one was led to

// Where one is led: to the newest, to the message of a permalink, to a day.
export class Navigation {
  #timeline;
  #scroll;
  #history;

  constructor(timeline, scroll, history) {
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#history = history;
  }

  // As the page's address says. Returns whether it names a message.
  start() {
    const position = Number(new URLSearchParams(location.search).get("at"));
    const message = position ? (this.#timeline.from(position) ?? this.#timeline.last) : null;
    if (message) this.#highlight(message.element, { focus: false });
    else this.#scroll.toEnd();
    return message !== null;
  }

  // To {around: position} or {around_time: moment, RFC 3339}; fetched if it is not in the page.
  async goTo({ around, around_time: moment }) {
    const find = () => (moment ? this.#timeline.since(new Date(moment)) : this.#timeline.from(around));
    if (moment || find()?.position !== around) await this.#history.goTo(around ? { around } : { around_time: moment });
    const message = find() ?? this.#timeline.last;
    if (message) this.#highlight(message.element);
  }

  // Private

  #highlight(element, { focus = true } = {}) {
    this.#scroll.reveal(element);
    element.toggleAttribute("data-highlighted", true);
    setTimeout(() => element.removeAttribute("data-highlighted"), HIGHLIGHT_TIME);
    if (!focus) return;
    element.tabIndex = 0;
    element.focus({ preventScroll: true });
  }
}
