import { lengthOf } from "../composer/text_length.js";
import { isFinal, WireError } from "./protocol.js";

// A seat in one room: sits down on every new connection, at the version that was seen last.
//
// Events: "subscribed" when commands are heard; "reset" (detail: {hasMore}) when what is shown must be replaced by what
// follows; "message" (detail: its state); "room" (detail: its state); "can" (detail: what one may do); "left" when
// the right to be here has ended; "stranger" when the server takes this browser for somebody else than the page was made for;
// "ephemeral" (detail: an event) when somebody came, went, or is typing.
export class Subscription extends EventTarget {
  #socket;
  #room; // id; null for a room that nobody has spoken in yet
  #name;
  #since; // every change up to this version has been shown
  #epoch;
  #isSubscribed = false; // on this connection
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
    socket.addEventListener("open", () => this.#subscribe());
    socket.addEventListener("event", ({ detail }) => this.#onEvent(detail));
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
  request(type, fields) {
    if (!this.#isSubscribed) return Promise.reject(new WireError("not_subscribed"));
    if (lengthOf(fields.body ?? "") > this.#bodyLimit) return Promise.reject(new WireError("too_long"));
    return this.#socket.request({ type, room: this.#room, ...fields });
  }

  async post({ body, nonce, reply_to }) {
    const { message } = await this.request("post", { body, nonce, reply_to: reply_to?.id ?? null });
    return message;
  }

  // page: {before | after | around: position} or {around_time: moment}, or {} for the newest.
  history(page, limit) {
    return this.request("history", { limit, ...page });
  }

  // Private

  async #subscribe() {
    this.#isSubscribed = false;
    const room = this.#room ?? this.#name;
    try {
      const seated = await this.#socket.request({ type: "subscribe", room, since: this.#since, epoch: this.#epoch });
      if (this.me && seated.me.id !== this.me) return this.#emit("stranger");
      this.#onSubscribed(seated);
      this.#emit("subscribed");
    } catch (error) {
      if (isFinal(error)) this.#emit("unsubscribed");
      else if (error.code !== "lost") this.#socket.reconnect(); // busy or away: come back later
    }
  }

  #onEvent(event) {
    if (event.type === "message" && event.room === this.#room) this.#onMessage(event);
    else if (event.type === "room" && event.room.id === this.#room) this.#onRoom(event);
    else if (event.type === "permissions" && event.room === this.#room) this.#emit("permissions", event.permissions);
    else if ((event.type === "presence" || event.type === "typing") && event.room === this.#room) this.#emit("ephemeral", event);
    else if (event.type === "resync" && event.room.id === this.#room) this.#onSubscribed(event);
    else if (event.type === "unsubscribed" && event.room === this.#room) this.#emit("unsubscribed");
  }

  #limit({ body, frame }) {
    this.#bodyLimit = body;
    this.#socket.frameLimit = frame;
  }

  #onSubscribed({ room, epoch, limited, more_before, permissions, me, presence, limits }) {
    this.#room = room.id;
    this.#isSubscribed = true;
    this.#epoch = epoch;
    this.#page = null;
    this.me = me.id;
    this.#limit(limits);
    this.#emit("permissions", permissions);
    this.#emit("ephemeral", { type: "presence", ...presence });
    if (!limited) return;
    this.#since = null;
    this.#page = { position: room.position, version: room.version };
    this.#emit("reset", { hasMore: more_before });
    if (room.position === 0) this.#endPage();
  }

  #onRoom({ version, room }) {
    this.#emit("room", room);
    if (!this.#page) this.#since = Math.max(this.#since ?? 0, version);
  }

  #onMessage({ version, message }) {
    this.#emit("message", message);
    if (!this.#page) this.#since = Math.max(this.#since ?? 0, version);
    else if (message.position >= this.#page.position) this.#endPage();
  }

  // A page comes in the order of positions: only its end says that all of its versions have been seen.
  #endPage() {
    this.#since = this.#page.version;
    this.#page = null;
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
