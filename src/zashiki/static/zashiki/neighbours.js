const LIMIT = 8; // rooms

// Whether those are there to whom one talks directly. One sits quietly in these rooms too, and so is there for them.
//
// Event: "change" when somebody came or went.
export class Neighbours extends EventTarget {
  #socket;
  #rooms;
  #sitting;
  #here = new Map(); // id of a room -> keys of those who are there

  constructor(socket, rooms, sitting) {
    super();
    this.#socket = socket;
    this.#rooms = rooms;
    this.#sitting = sitting;
    rooms.addEventListener("list", () => this.#sit());
    socket.addEventListener("lost", () => this.#forget());
    socket.addEventListener("event", ({ detail }) => detail.type === "presence" && this.#told(detail.room, detail));
    this.#sit();
  }

  // Whether anybody else is in a direct room.
  isThere(room) {
    const here = this.#here.get(room.id);
    return room.kind === "direct" && here !== undefined && [...here].some((key) => key !== this.#sitting.me);
  }

  // Private

  #sit() {
    const direct = this.#rooms.all().filter((room) => room.kind === "direct" && room.id !== this.#sitting.room);
    const liveliest = direct.sort((one, other) => other.position - one.position).slice(0, LIMIT);
    for (const room of liveliest) if (!this.#here.has(room.id)) this.#sitIn(room);
  }

  async #sitIn({ id, version }) {
    this.#here.set(id, new Set());
    try {
      const { presence } = await this.#socket.ask({ type: "sit", room: id, since: version, epoch: this.#sitting.epoch });
      this.#told(id, presence);
    } catch {
      this.#here.delete(id); // the next list tries again
    }
  }

  #told(room, { here, came = [], went = [] }) {
    const keys = here ? new Set() : (this.#here.get(room) ?? new Set());
    for (const { id } of here ?? came) keys.add(id);
    for (const { id } of went) keys.delete(id);
    this.#here.set(room, keys);
    this.dispatchEvent(new Event("change"));
  }

  #forget() {
    this.#here.clear();
    this.dispatchEvent(new Event("change"));
  }
}
