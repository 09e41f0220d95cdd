import { clone, part } from "./dom.js";
import { openAt } from "./beside.js";
import { hue, initials, markGuest } from "./person.js";
import { Typing } from "./typing.js";

const FACES = 3; // in the room's head; the rest is a number

// Who is in the room with one, and who is about to say something.
export class Company {
  #room;
  #button;
  #list;
  #typing;
  #here = new Map(); // key -> name, of those who are named
  #count = 0;
  #at = 0; // when the server said so, by its own clock

  // field: where one writes, or null.
  constructor(room, sitting, field) {
    this.#room = room;
    this.#button = part(room, "here");
    this.#list = part(room, "here-list");
    this.#typing = new Typing(room, part(room, "typing"), sitting, field);
    this.#button.addEventListener("click", () => this.#open());
    sitting.addEventListener("message", ({ detail }) => this.#typing.spoke(detail.author.id));
  }

  // event: "presence" or "typing", as the wire tells.
  feel(event) {
    if (event.type === "typing") this.#typing.heard(event.person);
    else this.#told(event);
  }

  // Private

  // Of what is said twice the later counts: an answer may have been made before an event.
  #told({ count, here, came = [], went = [], at }) {
    if (at < this.#at) return;
    this.#at = at;
    this.#count = count;
    if (here) this.#here.clear();
    for (const { id, name } of here ?? came) this.#here.set(id, name);
    for (const { id } of went) this.#here.delete(id);
    this.#show();
  }

  #show() {
    const people = [...this.#here];
    this.#button.hidden = this.#count === 0;
    part(this.#button, "here-count").textContent = this.#count;
    part(this.#button, "here-faces").replaceChildren(...people.slice(0, FACES).map(([key, name]) => face(key, name)));
    if (this.#list.matches(":popover-open")) this.#enter();
  }

  #open() {
    this.#enter();
    if (openAt(this.#list, this.#button)) this.#list.focus();
  }

  #enter() {
    const people = [...this.#here].sort(([, one], [, other]) => one.localeCompare(other));
    part(this.#list, "here-names").replaceChildren(...people.map(([key, name]) => this.#entry(key, name)));
    const others = this.#count - people.length;
    part(this.#list, "here-others").hidden = others <= 0;
    part(this.#list, "here-others").querySelector("b").textContent = others;
  }

  #entry(key, name) {
    const entry = clone(this.#room, "here-entry");
    entry.querySelector("span").replaceWith(face(key, name));
    entry.querySelector("b").textContent = name;
    markGuest(this.#room, entry.querySelector("b"), key);
    return entry;
  }
}

function face(key, name) {
  const element = document.createElement("span");
  element.className = "z-avatar";
  element.ariaHidden = "true";
  Object.assign(element.dataset, { key, hue: hue(key) });
  element.textContent = initials(name);
  return element;
}
