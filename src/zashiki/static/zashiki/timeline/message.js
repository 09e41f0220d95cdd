import { cloneTemplate } from "../ui/dom.js";
import { plain } from "../composer/mention_syntax.js";
import { hue, initials, listOfNames, markGuest } from "../ui/initials.js";
import { makeAccessible } from "./message_body.js";
import { formatFull, afterFirstPaint, formatTime } from "../ui/time.js";

// One message in the page: an element made from the page's own template, and what it shows.
export class Message {
  #room;

  // room: the element that holds the templates.
  constructor(room, element) {
    this.#room = room;
    this.element = element;
  }

  // A message that the server has drawn.
  static fromElement(room, element) {
    const message = new Message(room, element);
    message.id = Number(element.dataset.id);
    message.position = Number(element.dataset.position);
    message.version = Number(element.dataset.version);
    message.authorKey = element.dataset.author;
    message.postedAt = new Date(element.dataset.postedAt);
    message.isInRoom = true;
    message.#replaceLink(element.querySelector(":scope > .z-thread-link"));
    message.tellTime();
    message.#personalise();
    makeAccessible(element);
    return message;
  }

  // A message in the state that the wire told.
  static fromState(room, state) {
    const message = new Message(room, cloneTemplate(room, "message"));
    message.show(state);
    return message;
  }

  // A message that is not stored yet: no id, no position, its text as it was typed.
  static pending(room, me, { nonce, body, typed_at, reply_to }) {
    const message = new Message(room, cloneTemplate(room, "message"));
    message.nonce = nonce;
    message.#setAuthor(me);
    message.#write({ posted_at: typed_at, reply_to });
    const text = document.createElement("p");
    text.textContent = plain(body);
    text.className = "z-typed";
    message.#find(".z-body").replaceChildren(text);
    message.element.dataset.state = "pending";
    return message;
  }

  get isPending() {
    return this.position === undefined;
  }

  // Show a later state; the element stays the same.
  show(state) {
    const focused = this.#focused();
    for (const part of [...this.element.children]) if (!part.hasAttribute("data-preserve")) part.remove();
    this.element.prepend(...cloneTemplate(this.#room, "message").children);
    if (this.element.dataset.state !== "deleting") delete this.element.dataset.state;
    this.room = state.room;
    this.isInRoom = state.in_room;
    this.id = state.id;
    this.position = state.position;
    this.version = state.version;
    this.#setAuthor(state.author);
    this.#write(state);
    this.element.dataset.id = state.id;
    this.element.dataset.position = state.position;
    this.element.dataset.version = state.version;
    this.#replaceLink(this.#find(".z-thread-link"));
    if (focused) (this.element.querySelector(focused) ?? this.element).focus();
  }

  // Say that it was not stored and will be sent again by itself; reason: the code of its refusal.
  wait(reason) {
    this.#showRefusal("waiting", reason);
  }

  // Say that it was not stored, and offer what can be done: the buttons are data-action="retry", "rewrite", "copy-unsent" and "discard".
  fail(reason) {
    this.#showRefusal("failed", reason);
  }

  // It is on its way again.
  pending() {
    this.#find(".z-refusal")?.remove();
    this.element.dataset.state = "pending";
  }

  // When it was posted, by this device's clock and time zone.
  tellTime() {
    const time = this.#find("time");
    time.dateTime = this.postedAt.toISOString();
    afterFirstPaint(() => {
      time.textContent = formatTime(this.postedAt);
      time.title = formatFull(this.postedAt);
    });
  }

  // Private

  // state: also the name of its template, which has a sentence for each reason in [data-reason], and one for all others.
  #showRefusal(state, reason) {
    const refusal = cloneTemplate(this.#room, state);
    const reasons = [...refusal.querySelectorAll("[data-reason]")];
    const known = reasons.some((sentence) => sentence.dataset.reason === reason) ? reason : "";
    for (const sentence of reasons) sentence.hidden = sentence.dataset.reason !== known;
    this.#find(".z-refusal")?.remove();
    this.element.append(refusal);
    this.element.dataset.state = state;
  }

  #setAuthor(author) {
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
    this.#setContent(".z-edited", edited_at);
    this.#setContent(".z-pinned", pinned);
    this.#setContent(".z-tombstone", deleted);
    this.#setContent(".z-body", !deleted);
    this.#setContent(".z-quote", reply_to, (quote) => showQuote(this.#room, quote, reply_to));
    this.#setContent(".z-thread-link", thread, (link) => showThread(link, thread));
    this.#setContent(".z-replies", replies, (button) => (button.querySelector("b").textContent = replies.count));
    this.element.toggleAttribute("data-pinned", Boolean(pinned));
    this.element.toggleAttribute("data-deleted", Boolean(deleted));
    if (html) this.#find(".z-body").innerHTML = html; // cleaned by the server
    if (reactions?.length) this.#find(".z-message-foot").prepend(listOf(this.#room, reactions));
    this.#personalise();
    makeAccessible(this.element);
  }

  // One part of the template: left out, or filled in.
  #setContent(selector, value, fill) {
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
    this.element.toggleAttribute("data-mentions-me", Boolean(me) && (spoken.includes(me) || spoken.includes("room")));
  }

  // The root of the thread in which it is a reply, as its link tells.
  #replaceLink(link) {
    this.root = link ? Number(link.dataset.root) : null;
    this.rootPosition = link ? Number(new URLSearchParams(link.getAttribute("href")).get("at")) : null;
  }

  // Where the focus is in what is about to be replaced; what is kept keeps it by itself.
  #focused() {
    const { activeElement } = document;
    if (activeElement === this.element || !this.element.contains(activeElement) || activeElement.closest("[data-preserve]")) return null;
    const { action, emoji } = activeElement.dataset;
    return action ? `[data-action="${action}"]${emoji ? `[data-emoji="${CSS.escape(emoji)}"]` : ""}` : "a";
  }

  #find(selector) {
    return this.element.querySelector(`:scope > ${selector}, :scope > :is(.z-message-head, .z-message-foot) > ${selector}`);
  }
}

function showQuote(room, quote, { id, position, author }) {
  Object.assign(quote.dataset, { quotes: id, at: position });
  quote.href = `?at=${position}`;
  quote.querySelector("b").textContent = author.name;
  markGuest(room, quote.querySelector("b"), author.id);
}

function showThread(link, { id, position }) {
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
