import { clone } from "./dom.js";
import { plain } from "./mention_text.js";
import { hue, initials, listOfNames, markGuest } from "./person.js";
import { makeReachable } from "./prose.js";
import { fullOf, soon, timeOf } from "./time.js";

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
    message.isInRoom = true;
    message.#standIn(element.querySelector(":scope > .z-beside"));
    message.tellTime();
    message.#personalise();
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
  static pale(room, me, { nonce, body, typed_at, reply_to }) {
    const message = new Message(room, clone(room, "message"));
    message.nonce = nonce;
    message.#sign(me);
    message.#write({ posted_at: typed_at, reply_to });
    const text = document.createElement("p");
    text.textContent = plain(body);
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
    const focused = this.#focused();
    for (const part of [...this.element.children]) if (!part.hasAttribute("data-kept")) part.remove();
    this.element.prepend(...clone(this.#room, "message").children);
    if (this.element.dataset.state !== "going") delete this.element.dataset.state;
    this.room = state.room;
    this.isInRoom = state.in_room;
    this.id = state.id;
    this.position = state.position;
    this.version = state.version;
    this.#sign(state.author);
    this.#write(state);
    this.element.dataset.id = state.id;
    this.element.dataset.position = state.position;
    this.element.dataset.version = state.version;
    this.#standIn(this.#find(".z-beside"));
    if (focused) (this.element.querySelector(focused) ?? this.element).focus();
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

  // When it was posted, by this device's clock and time zone.
  tellTime() {
    const time = this.#find("time");
    time.dateTime = this.postedAt.toISOString();
    soon(() => {
      time.textContent = timeOf(this.postedAt);
      time.title = fullOf(this.postedAt);
    });
  }

  // Private

  #sign(author) {
    this.authorKey = author.id;
    this.element.dataset.author = author.id;
    this.#find(".z-avatar").dataset.hue = hue(author.id);
    this.#find(".z-avatar").textContent = initials(author.name);
    this.#find(".z-author").textContent = author.name;
    markGuest(this.#room, this.#find(".z-author"), author.id);
  }

  #write({ posted_at, edited_at, deleted, html, reactions, reply_to, thread, replies, pinned }) {
    this.postedAt = new Date(posted_at);
    this.tellTime();
    this.#keep(".z-edited", edited_at);
    this.#keep(".z-pinned", pinned);
    this.#keep(".z-tombstone", deleted);
    this.#keep(".z-body", !deleted);
    this.#keep(".z-quote", reply_to, (quote) => tellQuote(this.#room, quote, reply_to));
    this.#keep(".z-beside", thread, (link) => tellThread(link, thread));
    this.#keep(".z-replies", replies, (button) => (button.querySelector("b").textContent = replies.count));
    this.element.toggleAttribute("data-pinned", Boolean(pinned));
    this.element.toggleAttribute("data-deleted", Boolean(deleted));
    if (html) this.#find(".z-body").innerHTML = html; // cleaned by the server
    if (reactions?.length) this.#find(".z-message-foot").prepend(listOf(this.#room, reactions));
    this.#personalise();
    makeReachable(this.element);
  }

  // One part of the template: left out, or filled in.
  #keep(selector, value, fill) {
    const element = this.#find(selector);
    if (!value) element.remove();
    else fill?.(element);
  }

  // What is drawn once for everybody is told apart here: my reactions, and where I am spoken to.
  #personalise() {
    const me = this.#room.dataset.me;
    for (const button of this.element.querySelectorAll(".z-reactions button")) {
      button.setAttribute("aria-pressed", String(button.dataset.people.split(" ").map(decodeURIComponent).includes(me)));
    }
    const spoken = [...this.element.querySelectorAll(".mention")].map((mention) => mention.dataset.person);
    this.element.toggleAttribute("data-to-me", Boolean(me) && (spoken.includes(me) || spoken.includes("room")));
  }

  // The root of the thread in which it is a reply, as its link tells.
  #standIn(link) {
    this.root = link ? Number(link.dataset.root) : null;
    this.rootPosition = link ? Number(new URLSearchParams(link.getAttribute("href")).get("at")) : null;
  }

  // Where the focus is in what is about to be replaced; what is kept keeps it by itself.
  #focused() {
    const { activeElement } = document;
    if (activeElement === this.element || !this.element.contains(activeElement) || activeElement.closest("[data-kept]")) return null;
    const { action, emoji } = activeElement.dataset;
    return action ? `[data-action="${action}"]${emoji ? `[data-emoji="${CSS.escape(emoji)}"]` : ""}` : "a";
  }

  #find(selector) {
    return this.element.querySelector(`:scope > ${selector}, :scope > :is(.z-message-head, .z-message-foot) > ${selector}`);
  }
}

function tellQuote(room, quote, { id, position, author }) {
  Object.assign(quote.dataset, { quotes: id, at: position });
  quote.href = `?at=${position}`;
  quote.querySelector("b").textContent = author.name;
  markGuest(room, quote.querySelector("b"), author.id);
}

function tellThread(link, { id, position }) {
  link.dataset.root = id;
  link.href = `?at=${position}`;
}

function listOf(room, reactions) {
  const list = document.createElement("ul");
  list.className = "z-reactions";
  for (const { emoji, people } of reactions) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = listOfNames(room, people);
    button.textContent = `${emoji} ${people.length}`;
    Object.assign(button.dataset, { action: "react", emoji, people: people.map((person) => encodeURIComponent(person.id)).join(" ") });
    list.appendChild(document.createElement("li")).append(button);
  }
  return list;
}
