import { cloneTemplate, part } from "../ui/dom.js";
import { openNextTo } from "../ui/popover.js";
import { hue, initials, markGuest } from "../ui/initials.js";
import { Typing } from "./typing.js";

const AVATARS_SHOWN = 3; // in the room's head; the rest is a number

// Who is in the room with one, and who is about to say something.
export class Participants {
  #room;
  #button;
  #list;
  #typing;
  #people = new Map(); // key -> name, of those who are named
  #count = 0;
  #timestamp = 0; // when the server said so, by its own clock

  // field: where one writes, or null.
  constructor(room, subscription, field) {
    this.#room = room;
    this.#button = part(room, "participants");
    this.#list = part(room, "participants-list");
    this.#typing = new Typing(room, part(room, "typing"), subscription, field);
    this.#button.addEventListener("click", () => this.#open());
    subscription.addEventListener("message", ({ detail }) => this.#typing.onStopped(detail.author.id));
  }

  // event: "presence" or "typing", as the wire tells.
  onEvent(event) {
    if (event.type === "typing") this.#typing.onTyping(event.person);
    else this.#onPresence(event);
  }

  // Private

  // Of what is said twice the later counts: an answer may have been made before an event.
  #onPresence({ count, people, joins = [], leaves = [], timestamp }) {
    if (timestamp < this.#timestamp) return;
    this.#timestamp = timestamp;
    this.#count = count;
    if (people) this.#people.clear();
    for (const { id, name } of people ?? joins) this.#people.set(id, name);
    for (const { id } of leaves) this.#people.delete(id);
    this.#show();
  }

  #show() {
    const people = [...this.#people];
    this.#button.hidden = this.#count === 0;
    part(this.#button, "participant-count").textContent = this.#count;
    part(this.#button, "participant-avatars").replaceChildren(...people.slice(0, AVATARS_SHOWN).map(([key, name]) => avatar(key, name)));
    if (this.#list.matches(":popover-open")) this.#fillList();
  }

  #open() {
    this.#fillList();
    if (openNextTo(this.#list, this.#button)) this.#list.focus();
  }

  #fillList() {
    const people = [...this.#people].sort(([, one], [, other]) => one.localeCompare(other));
    part(this.#list, "participant-names").replaceChildren(...people.map(([key, name]) => this.#entry(key, name)));
    const others = this.#count - people.length;
    part(this.#list, "participant-others").hidden = others <= 0;
    part(this.#list, "participant-others").querySelector("b").textContent = others;
  }

  #entry(key, name) {
    const entry = cloneTemplate(this.#room, "participant-entry");
    entry.querySelector("span").replaceWith(avatar(key, name));
    entry.querySelector("b").textContent = name;
    markGuest(this.#room, entry.querySelector("b"), key);
    return entry;
  }
}

function avatar(key, name) {
  const element = document.createElement("span");
  element.className = "z-avatar";
  element.ariaHidden = "true";
  Object.assign(element.dataset, { key, hue: hue(key) });
  element.textContent = initials(name);
  return element;
}
