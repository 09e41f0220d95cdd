import { isFinal } from "../connection/protocol.js";

const PAUSE = 400; // milliseconds for which one looks before it is read

// How far one has read: what stands at the end of the timeline while one looks at it.
export class ReadMarker {
  #subscription;
  #rooms;
  #isVisible;
  #timer = null;
  #isHeld = false;
  #refused = 0; // the position up to which the server does not let one read, and is not asked again

  // rooms: as Rooms; isLookedAt: whether the newest message is before one's eyes.
  constructor(subscription, rooms, isLookedAt) {
    this.#subscription = subscription;
    this.#rooms = rooms;
    this.#isVisible = isLookedAt;
    rooms.addEventListener("change", () => this.refresh());
    document.addEventListener("visibilitychange", () => (this.#isHeld &&= !document.hidden));
  }

  // Something moved: what is in sight is read.
  refresh() {
    const isReading = !this.#isHeld && this.#isVisible();
    this.#rooms.visibleRoom = isReading ? this.#subscription.room : null;
    if (isReading && !this.#timer && this.#unread()) this.#timer = setTimeout(() => this.#sendRead(), PAUSE);
  }

  // One wants to come back to a message: from there on everything is unread, until one looks away and back.
  async markUnreadFrom(position) {
    this.#isHeld = true;
    this.refresh();
    await this.#subscription.request("mark_unread", { position });
  }

  // Private

  #unread() {
    const room = this.#rooms.get(this.#subscription.room);
    return room ? this.#rooms.unread(room) : 0;
  }

  async #sendRead() {
    this.#timer = null;
    if (this.#isHeld || !this.#isVisible() || !this.#unread()) return;
    const { position } = this.#rooms.get(this.#subscription.room);
    if (position <= this.#refused) return;
    await this.#subscription.request("mark_read", { position }).catch((error) => {
      if (isFinal(error)) this.#refused = position; // anything else is told again with the next look
    });
  }
}
