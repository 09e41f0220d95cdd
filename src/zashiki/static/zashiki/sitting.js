import { lengthOf } from "./length.js";
import { isFinal, WireError } from "./wire.js";

// A seat in one room: sits down on every new connection, at the version that was seen last.
//
// Events: "seated" when commands are heard; "anew" (detail: {hasMore}) when what is shown must be replaced by what
// follows; "message" (detail: its state); "room" (detail: its state); "can" (detail: what one may do); "left" when
// the right to be here has ended; "stranger" when the server takes this browser for somebody else than the page was made for;
// "felt" (detail: an event) when somebody came, went, or is typing.
export class Sitting extends EventTarget {
  #socket;
  #room; // id; null for a room that nobody has spoken in yet
  #name;
  #since; // every change up to this version has been shown
  #epoch;
  #isSeated = false; // on this connection
  #page = null; // {position, version} where the newest page ends that is arriving, or null
  #bodyLimit; // characters

  constructor(socket, { room, name, version, epoch, me, bodyLimit, frameLimit }) {
    super();
    this.#socket = socket;
    this.#room = room ? Number(room) : null;
    this.#name = name;
    this.#since = Number(version);
    this.#epoch = epoch;
    this.me = me; // one's own key
    this.#limit({ body: Number(bodyLimit), frame: Number(frameLimit) });
    socket.addEventListener("open", () => this.#sit());
    socket.addEventListener("event", ({ detail }) => this.#heard(detail));
  }

  get room() {
    return this.#room;
  }

  get epoch() {
    return this.#epoch;
  }

  // Characters that a message may have.
  get bodyLimit() {
    return this.#bodyLimit;
  }

  // A command about this room. Rejects with a WireError, as Socket's, and before one has a seat: a room may have no id till then.
  // A body over the limit is refused here, whatever it is for.
  ask(type, fields) {
    if (!this.#isSeated) return Promise.reject(new WireError("not_seated"));
    if (lengthOf(fields.body ?? "") > this.#bodyLimit) return Promise.reject(new WireError("too_long"));
    return this.#socket.ask({ type, room: this.#room, ...fields });
  }

  async post({ body, nonce, reply_to }) {
    const { message } = await this.ask("post", { body, nonce, reply_to: reply_to?.id ?? null });
    return message;
  }

  // page: {before | after | around: position} or {at: moment}, or {} for the newest.
  history(page, limit) {
    return this.ask("history", { limit, ...page });
  }

  // Private

  async #sit() {
    this.#isSeated = false;
    const room = this.#room ?? this.#name;
    try {
      const seated = await this.#socket.ask({ type: "sit", room, since: this.#since, epoch: this.#epoch });
      if (this.me && seated.me.id !== this.me) return this.#say("stranger");
      this.#seated(seated);
      this.#say("seated");
    } catch (error) {
      if (isFinal(error)) this.#say("left");
      else if (error.code !== "lost") this.#socket.renew(); // busy or away: come back later
    }
  }

  #heard(event) {
    if (event.type === "message" && event.room === this.#room) this.#shown(event);
    else if (event.type === "room" && event.room.id === this.#room) this.#changed(event);
    else if (event.type === "can" && event.room === this.#room) this.#say("can", event.can);
    else if ((event.type === "presence" || event.type === "typing") && event.room === this.#room) this.#say("felt", event);
    else if (event.type === "resumed" && event.room.id === this.#room) this.#seated(event);
    else if (event.type === "left" && event.room === this.#room) this.#say("left");
  }

  #limit({ body, frame }) {
    this.#bodyLimit = body;
    this.#socket.frameLimit = frame;
  }

  #seated({ room, epoch, limited, more, can, me, presence, limits }) {
    this.#room = room.id;
    this.#isSeated = true;
    this.#epoch = epoch;
    this.#page = null;
    this.me = me.id;
    this.#limit(limits);
    this.#say("can", can);
    this.#say("felt", { type: "presence", ...presence });
    if (!limited) return;
    this.#since = null;
    this.#page = { position: room.position, version: room.version };
    this.#say("anew", { hasMore: more });
    if (room.position === 0) this.#endPage();
  }

  #changed({ version, room }) {
    this.#say("room", room);
    if (!this.#page) this.#since = Math.max(this.#since ?? 0, version);
  }

  #shown({ version, message }) {
    this.#say("message", message);
    if (!this.#page) this.#since = Math.max(this.#since ?? 0, version);
    else if (message.position >= this.#page.position) this.#endPage();
  }

  // A page comes in the order of positions: only its end says that all of its versions have been seen.
  #endPage() {
    this.#since = this.#page.version;
    this.#page = null;
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
