import { part } from "../ui/dom.js";

const AHEAD = "800px"; // how far before its edge the next page is fetched

// Older messages on scrolling up, newer ones on scrolling down where the timeline is cut.
export class Paginator {
  #timeline;
  #scroll;
  #request;
  #list;
  #edges;
  #beginning;
  #observer;
  #isLoading = false;

  // ask: sends a history command ({before | after: position, or nothing for the newest}) and resolves to its answer.
  constructor(room, timeline, scroll, ask) {
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#request = ask;
    this.#list = part(room, "messages");
    this.#edges = { before: part(room, "older"), after: part(room, "newer") };
    this.#beginning = part(room, "start-of-room");
    const options = { root: part(room, "scroller"), rootMargin: `${AHEAD} 0px` };
    this.#observer = new IntersectionObserver((entries) => this.#onIntersect(entries), options);
  }

  // Look at both edges again: a page may be wanted, and the connection may now be there to fetch it.
  watch() {
    this.#observer.disconnect();
    this.show();
    for (const edge of Object.values(this.#edges)) this.#observer.observe(edge);
  }

  stop() {
    this.#observer.disconnect();
  }

  // Show at each edge what is beyond it.
  show() {
    this.#edges.before.hidden = !this.#timeline.hasMoreBefore;
    this.#beginning.hidden = this.#timeline.hasMoreBefore;
    this.#edges.after.hidden = !this.#timeline.hasMoreAfter;
  }

  // Replace what is shown by a page from anywhere: {around: position}, {around_time: moment}, or {} for the newest.
  async goTo(page) {
    const found = await this.#fetch(page);
    this.#silently(() => {
      this.#timeline.clear();
      this.#timeline.extend(found.messages);
      this.#timeline.hasMoreBefore = found.more_before;
      this.#timeline.hasMoreAfter = found.more_after;
      this.watch();
    });
  }

  // Leave the past: replace what is shown by the newest page.
  async toNewest() {
    if (this.#timeline.hasMoreAfter) await this.goTo({});
    this.#scroll.toEnd();
  }

  // Private

  #onIntersect(entries) {
    const edge = entries.find((entry) => entry.isIntersecting)?.target;
    if (edge === this.#edges.before) this.#load(() => this.#older());
    else if (edge === this.#edges.after) this.#load(() => this.#newer());
  }

  async #load(page) {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      await page();
      this.#isLoading = false;
      this.watch();
    } catch {
      this.#isLoading = false; // the connection was lost; whoever sits down again watches again
    }
  }

  async #older() {
    const page = await this.#fetch({ before: this.#timeline.first.position });
    if (page.isOfThePast) return;
    this.#silently(() => {
      this.#timeline.extend(page.messages);
      this.#timeline.hasMoreBefore = page.more_before;
      this.#timeline.trimAfter();
      this.show();
    });
  }

  async #newer() {
    const page = await this.#fetch({ after: this.#timeline.last.position });
    if (page.isOfThePast) return;
    const extend = () => {
      this.#timeline.hasMoreAfter = page.more_after;
      this.#timeline.extend(page.messages);
      this.#timeline.trimBefore();
      this.show();
    };
    this.#silently(extend, { isWithin: true });
  }

  // A page may have been read before something was stored that was told, and not shown, before the page came.
  async #fetch(page) {
    const { generation, heard } = this.#timeline;
    const found = await this.#request(page);
    const isMissing = this.#timeline.heard > Math.max(heard, found.messages.at(-1)?.position ?? 0);
    return { ...found, more_after: found.more_after || isMissing, isOfThePast: generation !== this.#timeline.generation };
  }

  // The past is not read out: only what is said now is.
  #silently(mutate, { isWithin = false } = {}) {
    this.#list.setAttribute("aria-live", "off");
    if (isWithin) this.#scroll.changeWithin(mutate);
    else this.#scroll.change(mutate);
    setTimeout(() => this.#list.removeAttribute("aria-live"), 300);
  }
}
