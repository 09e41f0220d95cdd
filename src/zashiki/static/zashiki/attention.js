import { part } from "./dom.js";
import { Reading } from "./reading.js";
import { Title } from "./title.js";
import { Unseen } from "./unseen.js";

// What one sees of a room, and what one has missed: below, further up, and while one looked elsewhere.
export class Attention {
  #rooms;
  #here; // id of the room, when it is known
  #isAtEnd;
  #unseen;
  #reading;
  #title;
  #away = 0; // messages that came while the page was hidden

  // rooms: as Rooms, or null for somebody who has none; isAtEnd: whether the newest message is in sight.
  constructor(room, rooms, sitting, isAtEnd) {
    this.#rooms = rooms;
    this.#here = () => sitting.room;
    this.#isAtEnd = isAtEnd;
    this.#unseen = new Unseen(part(room, "new"));
    this.#title = "hasOwnPage" in room.dataset ? new Title() : null;
    this.#reading = rooms && new Reading(sitting, rooms, () => !document.hidden && document.hasFocus() && isAtEnd());
    rooms?.addEventListener("change", () => this.#count());
    addEventListener("focus", () => this.#looked());
    addEventListener("blur", () => this.#looked());
    document.addEventListener("visibilitychange", () => this.#looked());
  }

  // Somebody else said something new.
  heard() {
    if (!this.#isAtEnd()) this.#unseen.add();
    if (document.hidden) this.#away++;
    this.#count();
  }

  // One scrolled, or what is shown has changed.
  moved() {
    this.#unseen.show(this.#isAtEnd());
    this.#reading?.look();
  }

  // From a position on everything is unread again.
  keepFrom(position) {
    return this.#reading?.keepFrom(position);
  }

  // The room is called otherwise.
  renamed(before, after) {
    this.#title?.rename(before, after);
  }

  // Private

  #looked() {
    if (!document.hidden) this.#away = 0;
    this.#reading?.look();
    this.#count();
  }

  #count() {
    const mine = this.#rooms?.all() ?? [];
    const isMine = mine.some((room) => room.id === this.#here());
    const waiting = mine.reduce((sum, room) => sum + this.#rooms.waiting(room), isMine ? 0 : this.#away);
    this.#title?.count(waiting);
  }
}
