import { urlsOf, cloneTemplate } from "../ui/dom.js";

// The list of rooms beside a room, with what waits in each.
export class Sidebar {
  #element;
  #rooms;
  #directPresence;
  #subscription;
  #urls;
  #filter;

  // element: as the server has drawn it; room: the element of this page's room; subscription: the seat in it.
  constructor(element, room, { rooms, neighbours, subscription, filter }) {
    this.#element = element;
    this.#urls = urlsOf(room);
    this.#rooms = rooms;
    this.#directPresence = neighbours;
    this.#subscription = subscription;
    this.#filter = filter;
    rooms.addEventListener("list", () => this.#list());
    rooms.addEventListener("change", () => this.#update());
    neighbours.addEventListener("change", () => this.#update());
    if (rooms.all().length) this.#list();
    this.#update();
  }

  // Private

  #list() {
    for (const item of this.#element.querySelectorAll("li[data-involvement]")) {
      const id = Number(item.dataset.room);
      if (!this.#rooms.get(id) && id !== this.#subscription.room) item.remove();
    }
    for (const room of this.#rooms.all()) if (!this.#item(room)) this.#add(room);
    for (const section of this.#sections()) section.hidden = !section.querySelector("li");
    this.#filter.refresh();
  }

  #add(room) {
    const sections = [...this.#sections()];
    const named = (name) => sections.find((section) => section.dataset.section === name);
    const section = named(room.kind === "direct" ? "direct" : "rooms") ?? named("public");
    const item = cloneTemplate(this.#element, "room-link");
    item.dataset.room = room.id;
    item.querySelector("a").href = this.#urlOf(room);
    const next = [...section.querySelectorAll("li")].find((each) => each.textContent.trim().localeCompare(room.title) > 0);
    section.querySelector("ul").insertBefore(item, next ?? null);
  }

  // Only the name of an open room is an address.
  #urlOf({ id, name, kind }) {
    const byId = this.#urls.rooms;
    return name && kind === "public" ? byId.replace(/room\/0\/$/, `${encodeURIComponent(name)}/`) : byId.replace(/0(?=\/$)/, id);
  }

  #update() {
    for (const room of this.#rooms.all()) {
      const item = this.#item(room);
      if (item) this.#updateItem(item, room);
    }
  }

  #updateItem(item, room) {
    item.dataset.involvement = room.involvement;
    const name = item.querySelector(".z-room-name");
    if (name.textContent !== room.title) name.textContent = room.title;
    const number = this.#rooms.badgeCount(room);
    const count = item.querySelector(".z-count");
    count.hidden = number === 0;
    count.textContent = number;
    count.toggleAttribute("data-mentions", this.#rooms.isMentioned(room));
    const hasDraft = Boolean(room.draft) && room.id !== this.#subscription.room;
    item.toggleAttribute("data-draft", hasDraft);
    const isThere = this.#directPresence.isOnline(room);
    item.toggleAttribute("data-online", isThere);
    const words = [number && (this.#rooms.isMentioned(room) ? "spoken" : "unread"), hasDraft && "draft", isThere && "there"].filter(Boolean);
    item.querySelector("a").setAttribute("aria-describedby", words.map((word) => `z-label-${word}`).join(" "));
  }

  #item({ id }) {
    // A room that nobody has spoken in yet was drawn without an id.
    if (id === this.#subscription.room) this.#element.querySelector('li[data-room=""]')?.setAttribute("data-room", id);
    return this.#element.querySelector(`li[data-room="${id}"]`);
  }

  #sections() {
    return this.#element.querySelectorAll("[data-section]");
  }
}
