import { dayDividerAbove, remove, updateGrouping } from "./grouping.js";
import { Message } from "./message.js";

const LIMIT = 300; // messages in the page
const SLACK = 40; // by how many it may be exceeded before it is trimmed

// The messages in the page, in the order of their positions; those that are not stored yet stand last.
export class Timeline {
  #room;
  #list;
  #me;
  #stored = []; // ascending by position
  #pending = []; // in the order in which they were typed
  #known = new Map(); // id -> Message

  // list: the element with the messages that the server has drawn; me: {id, name}.
  constructor(room, list, me) {
    this.#room = room;
    this.#list = list;
    this.#me = me;
    for (const element of list.querySelectorAll(".z-message")) this.#adopt(Message.fromElement(room, element));
    this.#updateGroupingFrom(0);
  }

  // Whether messages newer than those in the page are left out, because one reads further up.
  hasMoreAfter = false;
  // Whether there are messages older than those in the page.
  hasMoreBefore = false;
  // How often it was begun anew: a page that was asked for before belongs to what is gone.
  generation = 0;
  // The newest position that was ever told, shown or not.
  heard = 0;

  get first() {
    return this.#stored[0] ?? null;
  }

  get last() {
    return this.#stored.at(-1) ?? null;
  }

  get length() {
    return this.#stored.length;
  }

  // Show a state, unless a later one is shown. Returns whether a new message stands at the end.
  apply(state) {
    if (!state.in_room) return false; // it is shown in its thread alone
    this.heard = Math.max(this.heard, state.position);
    const message = this.#known.get(state.id) ?? this.#removePending(state.nonce);
    if (message?.version >= state.version) return false;
    if (message && !message.isPending) {
      message.show(state);
      this.#personalise(message);
      this.#updateGroupingFrom(this.#stored.indexOf(message), 1);
      return false;
    }
    if (this.#isOutside(state)) {
      if (message) remove(message);
      return this.hasMoreAfter && state.position > this.last.position;
    }
    this.#place(message ?? Message.fromState(this.#room, state), state, message);
    return state.position === this.last.position;
  }

  // Add a page of states, ascending, on either side.
  extend(states) {
    for (const state of states) this.#known.get(state.id)?.version >= state.version || this.#update(state);
  }

  // A post that is on its way.
  addPending(post) {
    const message = Message.pending(this.#room, this.#me, post);
    this.#personalise(message);
    this.#pending.push(message);
    this.#list.append(message.element);
    updateGrouping(this.#room, message, this.#pending.at(-2) ?? this.last);
    return message;
  }

  pendingByNonce(nonce) {
    return this.#pending.find((message) => message.nonce === nonce) ?? null;
  }

  pendingAt(element) {
    return this.#pending.find((message) => message.element === element) ?? null;
  }

  // The stored message that an element shows, or null.
  at(element) {
    const message = this.#known.get(Number(element.dataset.id));
    return message?.element === element ? message : null;
  }

  // The first message at a position or after it, or null.
  from(position) {
    return this.#stored.find((message) => message.position >= position) ?? null;
  }

  // The first message that was posted at a moment or later, or null.
  since(moment) {
    return this.#stored.find((message) => message.postedAt >= moment) ?? null;
  }

  // My newest message that can still be edited, or null.
  lastOwn() {
    return this.#stored.findLast(({ element }) => element.matches("[data-mine]:not([data-deleted], [data-state])")) ?? null;
  }

  discard(nonce) {
    const message = this.#removePending(nonce);
    if (message) remove(message);
    this.#updatePendingGrouping();
  }

  // Another day has begun, or the device has another time zone: tell times and days again.
  tellDays() {
    for (const message of [...this.#stored, ...this.#pending]) message.tellTime();
    this.#updateGroupingFrom(0);
  }

  // Forget everything that is stored, to show it anew.
  clear() {
    for (const message of this.#stored) remove(message);
    this.#stored = [];
    this.#known.clear();
    this.hasMoreAfter = false;
    this.generation++;
    this.#updatePendingGrouping();
  }

  // Keep the page bounded: what is furthest from what is read goes.
  trimBefore() {
    if (this.#stored.length <= LIMIT + SLACK) return;
    this.#forget(this.#stored.splice(0, this.#stored.length - LIMIT));
    this.hasMoreBefore = true;
    this.#updateGroupingFrom(0, 1);
  }

  trimAfter() {
    if (this.#stored.length <= LIMIT + SLACK) return;
    this.#forget(this.#stored.splice(LIMIT));
    this.hasMoreAfter = true;
  }

  // Private

  #adopt(message) {
    this.#stored.push(message);
    this.#known.set(message.id, message);
    this.#personalise(message);
  }

  #update(state) {
    const pending = this.#removePending(state.nonce);
    this.#place(pending ?? Message.fromState(this.#room, state), state, pending);
  }

  #place(message, state, wasPale) {
    if (wasPale) message.show(state);
    const index = this.#indexFor(state.position);
    const next = this.#stored[index] ?? this.#pending[0];
    this.#stored.splice(index, 0, message);
    this.#known.set(message.id, message);
    this.#personalise(message);
    this.#insert(message, next);
    this.#updateGroupingFrom(index, 2);
  }

  #insert(message, next) {
    const anchor = next ? (dayDividerAbove(next) ?? next.element) : null;
    const stands = message.element.parentNode === this.#list && message.element.nextElementSibling === anchor;
    if (stands) return; // moving it would be announced again
    dayDividerAbove(message)?.remove();
    this.#list.insertBefore(message.element, anchor);
  }

  #indexFor(position) {
    let index = this.#stored.length;
    while (index > 0 && this.#stored[index - 1].position > position) index--;
    return index;
  }

  // A message beyond the edges of what is shown is left to be loaded with its neighbours.
  #isOutside({ position }) {
    if (!this.first) return false;
    return (this.hasMoreBefore && position < this.first.position) || (this.hasMoreAfter && position > this.last.position);
  }

  #removePending(nonce) {
    const index = this.#pending.findIndex((message) => message.nonce === nonce);
    return index < 0 ? null : this.#pending.splice(index, 1)[0];
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

  #updateGroupingFrom(index, count = Infinity) {
    const end = Math.min(this.#stored.length, index + count);
    for (let at = index; at < end; at++) updateGrouping(this.#room, this.#stored[at], this.#stored[at - 1]);
    if (end === this.#stored.length) this.#updatePendingGrouping();
  }

  #updatePendingGrouping() {
    this.#pending.forEach((message, at) => updateGrouping(this.#room, message, this.#pending[at - 1] ?? this.last));
  }
}
