import { part } from "../ui/dom.js";

// What the room is, above and below its messages: its name, what it is for, and whether one may write.
export class RoomHeader {
  #room;
  #attention;

  constructor(room, attention) {
    this.#room = room;
    this.#attention = attention;
  }

  // state: of the room, as an event "room" brings it.
  show({ title, description, posting, archived }) {
    this.#attention.onRenamed(part(this.#room, "title").textContent, title);
    part(this.#room, "title").textContent = title;
    part(this.#room, "about").textContent = description;
    this.#toggle("about", description !== "");
    this.#toggle("announcements", posting === "moderators");
    this.#toggle("archived", archived);
  }

  applyPermissions({ post, pin }) {
    this.#room.toggleAttribute("data-pins", pin);
    this.#toggle("writing", post);
    this.#toggle("reading", !post);
  }

  #toggle(name, isShown) {
    const element = part(this.#room, name);
    if (element) element.hidden = !isShown;
  }
}
