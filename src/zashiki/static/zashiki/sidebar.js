import { addressesOf, clone } from "./dom.js";

// The list of rooms beside a room, with what waits in each.
export class Sidebar {
  #element;
  #rooms;
  #neighbours;
  #sitting;
  #addresses;
  #filter;

  // element: as the server has drawn it; room: the element of this page's room; sitting: the seat in it.
  constructor(element, room, { rooms, neighbours, sitting, filter }) {
    this.#element = element;
    this.#addresses = addressesOf(room);
    this.#rooms = rooms;
    this.#neighbours = neighbours;
    this.#sitting = sitting;
    this.#filter = filter;
    rooms.addEventListener("list", () => this.#list());
    rooms.addEventListener("change", () => this.#tell());
    neighbours.addEventListener("change", () => this.#tell());
    if (rooms.all().length) this.#list();
    this.#tell();
  }

  // Private

  #list() {
    for (const item of this.#element.querySelectorAll("li[data-involvement]")) {
      const id = Number(item.dataset.room);
      if (!this.#rooms.get(id) && id !== this.#sitting.room) item.remove();
    }
    for (const room of this.#rooms.all()) if (!this.#item(room)) this.#add(room);
    for (const section of this.#sections()) section.hidden = !section.querySelector("li");
    this.#filter.look();
  }

  #add(room) {
    const sections = [...this.#sections()];
    const named = (name) => sections.find((section) => section.dataset.section === name);
    const section = named(room.kind === "direct" ? "direct" : "rooms") ?? named("open");
    const item = clone(this.#element, "room-link");
    item.dataset.room = room.id;
    item.querySelector("a").href = this.#addressOf(room);
    const next = [...section.querySelectorAll("li")].find((each) => each.textContent.trim().localeCompare(room.title) > 0);
    section.querySelector("ul").insertBefore(item, next ?? null);
  }

  // Only the name of an open room is an address.
  #addressOf({ id, name, kind }) {
    const byId = this.#addresses.rooms;
    return name && kind === "open" ? byId.replace(/room\/0\/$/, `${encodeURIComponent(name)}/`) : byId.replace(/0(?=\/$)/, id);
  }

  #tell() {
    for (const room of this.#rooms.all()) {
      const item = this.#item(room);
      if (item) this.#tellOne(item, room);
    }
  }

  #tellOne(item, room) {
    item.dataset.involvement = room.involvement;
    const name = item.querySelector(".z-room-name");
    if (name.textContent !== room.title) name.textContent = room.title;
    const number = this.#rooms.waiting(room);
    const count = item.querySelector(".z-count");
    count.hidden = number === 0;
    count.textContent = number;
    count.toggleAttribute("data-mentions", this.#rooms.isSpokenTo(room));
    const hasDraft = Boolean(room.draft) && room.id !== this.#sitting.room;
    item.toggleAttribute("data-draft", hasDraft);
    const isThere = this.#neighbours.isThere(room);
    item.toggleAttribute("data-there", isThere);
    const words = [number && (this.#rooms.isSpokenTo(room) ? "spoken" : "unread"), hasDraft && "draft", isThere && "there"].filter(Boolean);
    item.querySelector("a").setAttribute("aria-describedby", words.map((word) => `z-says-${word}`).join(" "));
  }

  #item({ id }) {
    // A room that nobody has spoken in yet was drawn without an id.
    if (id === this.#sitting.room) this.#element.querySelector('li[data-room=""]')?.setAttribute("data-room", id);
    return this.#element.querySelector(`li[data-room="${id}"]`);
  }

  #sections() {
    return this.#element.querySelectorAll("[data-section]");
  }
}
