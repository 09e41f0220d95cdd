import { isFinal } from "./wire.js";

const PAUSE = 400; // milliseconds for which one looks before it is read

// How far one has read: what stands at the end of the timeline while one looks at it.
export class Reading {
  #sitting;
  #rooms;
  #isLookedAt;
  #timer = null;
  #isHeld = false;
  #refused = 0; // the position up to which the server does not let one read, and is not asked again

  // rooms: as Rooms; isLookedAt: whether the newest message is before one's eyes.
  constructor(sitting, rooms, isLookedAt) {
    this.#sitting = sitting;
    this.#rooms = rooms;
    this.#isLookedAt = isLookedAt;
    rooms.addEventListener("change", () => this.look());
    document.addEventListener("visibilitychange", () => (this.#isHeld &&= !document.hidden));
  }

  // Something moved: what is in sight is read.
  look() {
    const isReading = !this.#isHeld && this.#isLookedAt();
    this.#rooms.inSight = isReading ? this.#sitting.room : null;
    if (isReading && !this.#timer && this.#unread()) this.#timer = setTimeout(() => this.#tell(), PAUSE);
  }

  // One wants to come back to a message: from there on everything is unread, until one looks away and back.
  async keepFrom(position) {
    this.#isHeld = true;
    this.look();
    await this.#sitting.ask("unread", { position });
  }

  // Private

  #unread() {
    const room = this.#rooms.get(this.#sitting.room);
    return room ? this.#rooms.unread(room) : 0;
  }

  async #tell() {
    this.#timer = null;
    if (this.#isHeld || !this.#isLookedAt() || !this.#unread()) return;
    const { position } = this.#rooms.get(this.#sitting.room);
    if (position <= this.#refused) return;
    await this.#sitting.ask("read", { position }).catch((error) => {
      if (isFinal(error)) this.#refused = position; // anything else is told again with the next look
    });
  }
}
