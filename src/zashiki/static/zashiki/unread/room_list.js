// What is unread in each of one's rooms: kept right by bells, as docs/wire.md says ("A list of rooms").
//
// Events: "change" when a number may have changed; "list" (detail: the rooms) when the list was asked for anew.
export class RoomList extends EventTarget {
  #socket;
  #me;
  #known = new Map(); // id -> the room, as the answer to `rooms` tells
  #visibleRoom = null;

  constructor(socket, me) {
    super();
    this.#socket = socket;
    this.#me = me;
    socket.addEventListener("open", () => this.#fetch());
    socket.addEventListener("event", ({ detail }) => this.#onEvent(detail));
  }

  get(id) {
    return this.#known.get(id) ?? null;
  }

  all() {
    return [...this.#known.values()];
  }

  // What one is looking at is about to be read, and counts as nothing: the room's id, or null.
  set visibleRoom(id) {
    if (id === this.#visibleRoom) return;
    this.#visibleRoom = id;
    this.#changed();
  }

  unread(room) {
    return Math.max(0, room.position - room.read_position - room.deleted.length);
  }

  // How many messages of a room one wants to be told of.
  badgeCount(room) {
    if (room.id === this.#visibleRoom || room.involvement === "nothing") return 0;
    return room.involvement === "everything" ? this.unread(room) : room.mentions.length;
  }

  // Whether one is spoken to in what waits.
  isMentioned(room) {
    return this.badgeCount(room) > 0 && room.mentions.length > 0;
  }

  // Private

  async #fetch() {
    try {
      const { rooms } = await this.#socket.request({ type: "rooms" });
      this.#known = new Map(rooms.map((room) => [room.id, { ...room, head: 0 }]));
      this.dispatchEvent(new CustomEvent("list", { detail: rooms }));
      this.#changed();
    } catch {
      // lost: the next connection asks again
    }
  }

  #onEvent(event) {
    if (event.type === "rooms_changed") return this.#fetch();
    const room = this.#known.get(event.type === "room" ? event.room.id : event.room);
    if (!room) return;
    if (event.type === "message") this.#onMessage(room, { ...event.message, author: event.message.author.id });
    else if (event.type === "activity") this.#onActivity(room, event);
    else if (event.type === "read_state" && event.thread === null) this.#onRead(room, event);
    else if (event.type === "draft") room.draft = event.body;
    else if (event.type === "room") Object.assign(room, event.room, { title: room.kind === "direct" ? room.title : event.room.title });
    else if (event.type === "unsubscribed") this.#known.delete(room.id);
    else return;
    this.#changed();
  }

  #onActivity(room, { position, messages, deleted }) {
    for (const message of messages.toSorted((one, other) => one.position - other.position)) this.#onMessage(room, message);
    room.position = Math.max(room.position, position);
    for (const each of deleted) this.#deleted(room, each);
  }

  // What was deleted before it was read counts as nothing.
  #deleted(room, position) {
    if (position > room.read_position && !room.deleted.includes(position)) room.deleted.push(position);
  }

  #onMessage(room, { position, author, mentions, deleted }) {
    if (author === this.#me && position > Math.max(room.position, room.head)) {
      room.read_position = position;
      room.mentions = [];
      room.deleted = [];
    }
    if (deleted) this.#deleted(room, position);
    room.position = Math.max(room.position, position);
    room.mentions = room.mentions.filter((each) => each !== position);
    const isToMe = mentions.includes(this.#me) || mentions.includes("room");
    if (isToMe && position > room.read_position) room.mentions.push(position);
  }

  #onRead(room, { position, head, mentions, deleted }) {
    room.read_position = position;
    room.mentions = mentions;
    room.deleted = [...new Set([...deleted, ...room.deleted.filter((each) => each > position)])];
    room.head = head;
    room.position = Math.max(room.position, head);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
