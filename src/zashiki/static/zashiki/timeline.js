import { lineAbove, remove, settle } from "./grouping.js";
import { Message } from "./message.js";

const LIMIT = 300; // messages in the page
const SLACK = 40; // by how many it may be exceeded before it is trimmed

// The messages in the page, in the order of their positions; those that are not stored yet stand last.
export class Timeline {
  #room;
  #list;
  #me;
  #placed = []; // ascending by position
  #pale = []; // in the order in which they were typed
  #known = new Map(); // id -> Message

  // list: the element with the messages that the server has drawn; me: {id, name}.
  constructor(room, list, me) {
    this.#room = room;
    this.#list = list;
    this.#me = me;
    for (const element of list.querySelectorAll(".z-message")) this.#adopt(Message.drawn(room, element));
    this.#settleFrom(0);
  }

  // Whether messages newer than those in the page are left out, because one reads further up.
  isCut = false;
  // Whether there are messages older than those in the page.
  hasMoreBefore = false;
  // How often it was begun anew: a page that was asked for before belongs to what is gone.
  age = 0;
  // The newest position that was ever told, shown or not.
  heard = 0;

  get first() {
    return this.#placed[0] ?? null;
  }

  get last() {
    return this.#placed.at(-1) ?? null;
  }

  get length() {
    return this.#placed.length;
  }

  // Show a state, unless a later one is shown. Returns whether a new message stands at the end.
  apply(state) {
    if (!state.in_room) return false; // it is shown in its thread alone
    this.heard = Math.max(this.heard, state.position);
    const message = this.#known.get(state.id) ?? this.#takePale(state.nonce);
    if (message?.version >= state.version) return false;
    if (message && !message.isPale) {
      message.show(state);
      this.#personalise(message);
      this.#settleFrom(this.#placed.indexOf(message), 1);
      return false;
    }
    if (this.#isOutside(state)) {
      if (message) remove(message);
      return this.isCut && state.position > this.last.position;
    }
    this.#place(message ?? Message.of(this.#room, state), state, message);
    return state.position === this.last.position;
  }

  // Add a page of states, ascending, on either side.
  extend(states) {
    for (const state of states) this.#known.get(state.id)?.version >= state.version || this.#put(state);
  }

  // A post that is on its way.
  showPale(post) {
    const message = Message.pale(this.#room, this.#me, post);
    this.#personalise(message);
    this.#pale.push(message);
    this.#list.append(message.element);
    settle(this.#room, message, this.#pale.at(-2) ?? this.last);
    return message;
  }

  paleOf(nonce) {
    return this.#pale.find((message) => message.nonce === nonce) ?? null;
  }

  paleAt(element) {
    return this.#pale.find((message) => message.element === element) ?? null;
  }

  // The stored message that an element shows, or null.
  at(element) {
    const message = this.#known.get(Number(element.dataset.id));
    return message?.element === element ? message : null;
  }

  // The first message at a position or after it, or null.
  from(position) {
    return this.#placed.find((message) => message.position >= position) ?? null;
  }

  // The first message that was posted at a moment or later, or null.
  since(moment) {
    return this.#placed.find((message) => message.postedAt >= moment) ?? null;
  }

  // My newest message that can still be edited, or null.
  lastOwn() {
    return this.#placed.findLast(({ element }) => element.matches("[data-mine]:not([data-deleted], [data-state])")) ?? null;
  }

  discard(nonce) {
    const message = this.#takePale(nonce);
    if (message) remove(message);
    this.#settlePale();
  }

  // Another day has begun, or the device has another time zone: tell times and days again.
  tellDays() {
    for (const message of [...this.#placed, ...this.#pale]) message.tellTime();
    this.#settleFrom(0);
  }

  // Forget everything that is stored, to show it anew.
  clear() {
    for (const message of this.#placed) remove(message);
    this.#placed = [];
    this.#known.clear();
    this.isCut = false;
    this.age++;
    this.#settlePale();
  }

  // Keep the page bounded: what is furthest from what is read goes.
  trimBefore() {
    if (this.#placed.length <= LIMIT + SLACK) return;
    this.#forget(this.#placed.splice(0, this.#placed.length - LIMIT));
    this.hasMoreBefore = true;
    this.#settleFrom(0, 1);
  }

  trimAfter() {
    if (this.#placed.length <= LIMIT + SLACK) return;
    this.#forget(this.#placed.splice(LIMIT));
    this.isCut = true;
  }

  // Private

  #adopt(message) {
    this.#placed.push(message);
    this.#known.set(message.id, message);
    this.#personalise(message);
  }

  #put(state) {
    const pale = this.#takePale(state.nonce);
    this.#place(pale ?? Message.of(this.#room, state), state, pale);
  }

  #place(message, state, wasPale) {
    if (wasPale) message.show(state);
    const index = this.#indexFor(state.position);
    const next = this.#placed[index] ?? this.#pale[0];
    this.#placed.splice(index, 0, message);
    this.#known.set(message.id, message);
    this.#personalise(message);
    this.#insert(message, next);
    this.#settleFrom(index, 2);
  }

  #insert(message, next) {
    const anchor = next ? (lineAbove(next) ?? next.element) : null;
    const stands = message.element.parentNode === this.#list && message.element.nextElementSibling === anchor;
    if (stands) return; // moving it would be announced again
    lineAbove(message)?.remove();
    this.#list.insertBefore(message.element, anchor);
  }

  #indexFor(position) {
    let index = this.#placed.length;
    while (index > 0 && this.#placed[index - 1].position > position) index--;
    return index;
  }

  // A message beyond the edges of what is shown is left to be loaded with its neighbours.
  #isOutside({ position }) {
    if (!this.first) return false;
    return (this.hasMoreBefore && position < this.first.position) || (this.isCut && position > this.last.position);
  }

  #takePale(nonce) {
    const index = this.#pale.findIndex((message) => message.nonce === nonce);
    return index < 0 ? null : this.#pale.splice(index, 1)[0];
  }

  #forget(messages) {
    for (const message of messages) {
      this.#known.delete(message.id);
      remove(message);
    }
  }

  #personalise(message) {
    message.element.toggleAttribute("data-mine", Boolean(this.#me.id) && message.authorKey === this.#me.id);
  }

  #settleFrom(index, count = Infinity) {
    const end = Math.min(this.#placed.length, index + count);
    for (let at = index; at < end; at++) settle(this.#room, this.#placed[at], this.#placed[at - 1]);
    if (end === this.#placed.length) this.#settlePale();
  }

  #settlePale() {
    this.#pale.forEach((message, at) => settle(this.#room, message, this.#pale[at - 1] ?? this.last));
  }
}
