import { part } from "./dom.js";
import { Reading } from "./reading.js";
import { Since } from "./since.js";
import { Title } from "./title.js";
import { Unseen } from "./unseen.js";

// What one sees of a room, and what one has missed: below, further up, and while one looked elsewhere.
export class Attention {
  #rooms;
  #sitting;
  #timeline;
  #scroll;
  #unseen;
  #since;
  #reading;
  #title;
  #away = 0; // messages that came while the page was hidden
  #wasSeen = true; // whether everything up to the last message was before one's eyes

  // rooms: as Rooms, or null for somebody who has none; goTo: shows the message at a position.
  constructor(room, { rooms, sitting, timeline, scroll, goTo }) {
    this.#rooms = rooms;
    this.#sitting = sitting;
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#unseen = new Unseen(part(room, "new"));
    this.#since = new Since(room, timeline, scroll, part(room, "left-off"), goTo);
    this.#title = "hasOwnPage" in room.dataset ? new Title() : null;
    this.#reading = rooms && new Reading(sitting, rooms, () => this.#isLooking);
    rooms?.addEventListener("list", () => this.#arrived(), { once: true });
    rooms?.addEventListener("change", () => this.#count());
    for (const type of ["focus", "blur"]) addEventListener(type, () => this.#looked());
    document.addEventListener("visibilitychange", () => this.#looked());
  }

  // Somebody said something new.
  heard({ position }, isMine) {
    if (isMine) return this.#since.clear();
    if (!this.#isLooking && this.#wasSeen) this.#since.mark(position - 1, 1);
    this.#wasSeen = this.#isLooking;
    if (!this.#isAtEnd) this.#unseen.add();
    if (document.hidden) this.#away++;
    this.#count();
  }

  // One scrolled, or what is shown has changed.
  moved() {
    this.#unseen.show(this.#isAtEnd);
    this.#since.show();
    this.#look();
  }

  // From a position on everything is unread again.
  async keepFrom(position) {
    await this.#reading.keepFrom(position);
    this.#since.mark(position - 1, "");
  }

  // The room is called otherwise.
  renamed(before, after) {
    this.#title?.rename(before, after);
  }

  // Private

  get #isAtEnd() {
    return this.#scroll.isAtEnd && !this.#timeline.isCut;
  }

  get #isLooking() {
    return !document.hidden && document.hasFocus() && this.#isAtEnd;
  }

  // The first list tells where one left off.
  #arrived() {
    const room = this.#rooms.get(this.#sitting.room);
    const unread = room ? this.#rooms.unread(room) : 0;
    if (unread) this.#since.mark(room.read_position, unread);
  }

  #looked() {
    if (!document.hidden) this.#away = 0;
    this.#look();
    this.#count();
  }

  #look() {
    this.#wasSeen ||= this.#isLooking;
    this.#reading?.look();
  }

  #count() {
    const mine = this.#rooms?.all() ?? [];
    const isMine = mine.some((room) => room.id === this.#sitting.room);
    this.#title?.count(mine.reduce((sum, room) => sum + this.#rooms.waiting(room), isMine ? 0 : this.#away));
  }
}
