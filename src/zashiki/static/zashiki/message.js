import { clone } from "./dom.js";
import { hue, initials } from "./person.js";
import { makeReachable } from "./prose.js";
import { fullOf, timeOf } from "./time.js";

// One message in the page: an element made from the page's own template, and what it shows.
export class Message {
  #room;

  // room: the element that holds the templates.
  constructor(room, element) {
    this.#room = room;
    this.element = element;
  }

  // A message that the server has drawn.
  static drawn(room, element) {
    const message = new Message(room, element);
    message.id = Number(element.dataset.id);
    message.position = Number(element.dataset.position);
    message.version = Number(element.dataset.version);
    message.authorKey = element.dataset.author;
    message.postedAt = new Date(element.dataset.postedAt);
    message.#tellTime();
    makeReachable(element);
    return message;
  }

  // A message in the state that the wire told.
  static of(room, state) {
    const message = new Message(room, clone(room, "message"));
    message.show(state);
    return message;
  }

  // A message that is not stored yet: no id, no position, its text as it was typed.
  static pale(room, me, { nonce, body, typed_at }) {
    const message = new Message(room, clone(room, "message"));
    message.nonce = nonce;
    message.#sign(me);
    message.#write({ posted_at: typed_at });
    const text = document.createElement("p");
    text.textContent = body;
    text.className = "z-typed";
    message.#find(".z-body").replaceChildren(text);
    message.element.dataset.state = "pale";
    return message;
  }

  get isPale() {
    return this.position === undefined;
  }

  // Show a later state; the element stays the same.
  show(state) {
    const fresh = clone(this.#room, "message");
    this.element.replaceChildren(...fresh.children);
    delete this.element.dataset.state;
    this.id = state.id;
    this.position = state.position;
    this.version = state.version;
    this.#sign(state.author);
    this.#write(state);
    this.element.dataset.id = state.id;
    this.element.dataset.position = state.position;
    this.element.dataset.version = state.version;
  }

  // Say that it was not stored, and offer what can be done; the failure's buttons are data-action="again" and "discard".
  fail(reason) {
    const failure = clone(this.#room, "failure");
    const reasons = [...failure.querySelectorAll("[data-reason]")];
    const known = reasons.some((sentence) => sentence.dataset.reason === reason) ? reason : "";
    for (const sentence of reasons) sentence.hidden = sentence.dataset.reason !== known;
    this.#find(".z-failure")?.remove();
    this.element.append(failure);
    this.element.dataset.state = "failed";
  }

  // It is on its way again.
  pale() {
    this.#find(".z-failure")?.remove();
    this.element.dataset.state = "pale";
  }

  // Private

  #sign(author) {
    this.authorKey = author.id;
    this.element.dataset.author = author.id;
    this.#find(".z-avatar").dataset.hue = hue(author.id);
    this.#find(".z-avatar").textContent = initials(author.name);
    this.#find(".z-author").textContent = author.name;
  }

  #write({ posted_at, edited_at, deleted, html, reactions }) {
    this.postedAt = new Date(posted_at);
    this.#tellTime();
    if (!edited_at) this.#find(".z-edited").remove();
    if (deleted) this.#find(".z-body").remove();
    else this.#find(".z-tombstone").remove();
    if (html && !deleted) this.#find(".z-body").innerHTML = html; // cleaned by the server
    makeReachable(this.element);
    if (reactions?.length) this.#find(".z-message-foot").append(listOf(reactions));
  }

  #tellTime() {
    const time = this.#find("time");
    time.dateTime = this.postedAt.toISOString();
    time.textContent = timeOf(this.postedAt);
    time.title = fullOf(this.postedAt);
  }

  #find(selector) {
    return this.element.querySelector(`:scope > ${selector}, :scope > .z-message-head > ${selector}`);
  }
}

function listOf(reactions) {
  const list = document.createElement("ul");
  list.className = "z-reactions";
  for (const { emoji, people } of reactions) {
    const item = document.createElement("li");
    item.title = people.map((person) => person.name).join(", ");
    item.textContent = `${emoji} ${people.length}`;
    list.append(item);
  }
  return list;
}
