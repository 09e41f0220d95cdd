const LIMIT = 8; // rooms

// Whether those are there to whom one talks directly. One sits quietly in these rooms too, and so is there for them.
//
// Event: "change" when somebody came or went.
export class DirectPresence extends EventTarget {
  #socket;
  #rooms;
  #subscription;
  #online = new Map(); // id of a room -> keys of those who are there

  constructor(socket, rooms, subscription) {
    super();
    this.#socket = socket;
    this.#rooms = rooms;
    this.#subscription = subscription;
    rooms.addEventListener("list", () => this.#subscribeAll());
    socket.addEventListener("disconnected", () => this.#forget());
    socket.addEventListener("event", ({ detail }) => detail.type === "presence" && this.#onPresence(detail.room, detail));
    this.#subscribeAll();
  }

  // Whether anybody else is in a direct room.
  isOnline(room) {
    const here = this.#online.get(room.id);
    return room.kind === "direct" && here !== undefined && [...here].some((key) => key !== this.#subscription.me);
  }

  // Private

  #subscribeAll() {
    const direct = this.#rooms.all().filter((room) => room.kind === "direct" && room.id !== this.#subscription.room);
    const liveliest = direct.sort((one, other) => other.position - one.position).slice(0, LIMIT);
    for (const room of liveliest) if (!this.#online.has(room.id)) this.#subscribe(room);
  }

  async #subscribe({ id, version }) {
    this.#online.set(id, new Set());
    try {
      const { presence } = await this.#socket.request({ type: "subscribe", room: id, since: version, epoch: this.#subscription.epoch });
      this.#onPresence(id, presence);
    } catch {
      this.#online.delete(id); // the next list tries again
    }
  }

  #onPresence(room, { people, joins = [], leaves = [] }) {
    const keys = people ? new Set() : (this.#online.get(room) ?? new Set());
    for (const { id } of people ?? joins) keys.add(id);
    for (const { id } of leaves) keys.delete(id);
    this.#online.set(room, keys);
    this.dispatchEvent(new Event("change"));
  }

  #forget() {
    this.#online.clear();
    this.dispatchEvent(new Event("change"));
  }
}
