import { part } from "../ui/dom.js";
import { ReadMarker } from "./read_marker.js";
import { UnreadDivider } from "./unread_divider.js";
import { Title } from "./title.js";
import { JumpToNewest } from "./jump_to_newest.js";

// What one sees of a room, and what one has missed: below, further up, and while one looked elsewhere.
export class UnreadState {
  #rooms;
  #subscription;
  #timeline;
  #scroll;
  #jumpButton;
  #divider;
  #reading;
  #title;
  #away = 0; // messages that came while the page was hidden
  #wasSeen = true; // whether everything up to the last message was before one's eyes

  // rooms: as Rooms, or null for somebody who has none; goTo: shows the message at a position.
  constructor(room, { rooms, subscription, timeline, scroll, goTo }) {
    this.#rooms = rooms;
    this.#subscription = subscription;
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#jumpButton = new JumpToNewest(part(room, "jump-to-newest"));
    this.#divider = new UnreadDivider(room, timeline, scroll, part(room, "jump-to-unread"), goTo);
    this.#title = "hasOwnPage" in room.dataset ? new Title() : null;
    this.#reading = rooms && new ReadMarker(subscription, rooms, () => this.#isLooking);
    rooms?.addEventListener("list", () => this.#onFocus(), { once: true });
    rooms?.addEventListener("change", () => this.#count());
    for (const type of ["focus", "blur"]) addEventListener(type, () => this.#onLooked());
    document.addEventListener("visibilitychange", () => this.#onLooked());
  }

  // Somebody said something new.
  onMessage({ position }, isMine) {
    if (isMine) return this.#divider.clear();
    if (!this.#isLooking && this.#wasSeen) this.#divider.mark(position - 1, 1);
    this.#wasSeen = this.#isLooking;
    if (!this.#isAtEnd) this.#jumpButton.add();
    if (document.hidden) this.#away++;
    this.#count();
  }

  // One scrolled, or what is shown has changed.
  onScroll() {
    this.#jumpButton.show(this.#isAtEnd);
    this.#divider.show();
    this.#refresh();
  }

  // From a position on everything is unread again.
  async markUnreadFrom(position) {
    await this.#reading.markUnreadFrom(position);
    this.#divider.mark(position - 1, "");
  }

  // The room is called otherwise.
  onRenamed(before, after) {
    this.#title?.rename(before, after);
  }

  // Private

  get #isAtEnd() {
    return this.#scroll.isAtEnd && !this.#timeline.hasMoreAfter;
  }

  get #isLooking() {
    return !document.hidden && document.hasFocus() && this.#isAtEnd;
  }

  // The first list tells where one left off.
  #onFocus() {
    const room = this.#rooms.get(this.#subscription.room);
    const unread = room ? this.#rooms.unread(room) : 0;
    if (unread) this.#divider.mark(room.read_position, unread);
  }

  #onLooked() {
    if (!document.hidden) this.#away = 0;
    this.#refresh();
    this.#count();
  }

  #refresh() {
    this.#wasSeen ||= this.#isLooking;
    this.#reading?.refresh();
  }

  #count() {
    const mine = this.#rooms?.all() ?? [];
    const isMine = mine.some((room) => room.id === this.#subscription.room);
    this.#title?.count(mine.reduce((sum, room) => sum + this.#rooms.badgeCount(room), isMine ? 0 : this.#away));
  }
}
