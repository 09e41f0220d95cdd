import { part } from "./dom.js";

// What the room is, above and below its messages: its name, what it is for, and whether one may write.
export class Head {
  #room;
  #attention;

  constructor(room, attention) {
    this.#room = room;
    this.#attention = attention;
  }

  // state: of the room, as an event "room" brings it.
  show({ title, description, posting, archived }) {
    this.#attention.renamed(part(this.#room, "title").textContent, title);
    part(this.#room, "title").textContent = title;
    part(this.#room, "about").textContent = description;
    this.#turn("about", description !== "");
    this.#turn("announcements", posting === "moderators");
    this.#turn("archived", archived);
  }

  allow({ post, pin }) {
    this.#room.toggleAttribute("data-pins", pin);
    this.#turn("writing", post);
    this.#turn("reading", !post);
  }

  #turn(name, isShown) {
    const element = part(this.#room, name);
    if (element) element.hidden = !isShown;
  }
}
