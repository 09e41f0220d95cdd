import { urlsOf, cloneTemplate, part } from "../ui/dom.js";
import { normalizeForSearch } from "./room_filter.js";

const CHOICES_LIMIT = 12; // choices

// Goes to a room or to a person by a few letters: a combobox in a dialog (ARIA 1.2, combobox with a list box).
export class Switcher {
  #room;
  #sidebar;
  #dialog;
  #field;
  #list;
  #choices = []; // {title, go} as the list shows them
  #active = 0;
  #requestNumber = 0;

  constructor(room, sidebar) {
    this.#room = room;
    this.#sidebar = sidebar;
    this.#dialog = part(room, "switcher");
    this.#field = this.#dialog.querySelector("input");
    this.#list = this.#dialog.querySelector('[role="listbox"]');
    this.#field.setAttribute("aria-controls", this.#list.id); // which the room has made its own
    this.#field.addEventListener("input", () => this.#refresh());
    this.#field.addEventListener("keydown", (event) => this.#onKeydown(event));
    this.#list.addEventListener("click", ({ target }) => this.#go([...this.#list.children].indexOf(target.closest('[role="option"]'))));
    this.#dialog.addEventListener("click", ({ target }) => target === this.#dialog && this.#dialog.close());
  }

  open() {
    if (this.#dialog.open) return this.#dialog.close();
    this.#field.value = "";
    this.#dialog.showModal();
    this.#refresh();
  }

  // Private

  async #refresh() {
    const asked = ++this.#requestNumber;
    const wanted = this.#field.value.trim();
    const rooms = this.#rooms(normalizeForSearch(wanted));
    this.#show(rooms);
    const people = wanted ? await this.#people(wanted).catch(() => []) : [];
    if (asked === this.#requestNumber && people.length) this.#show([...rooms.slice(0, CHOICES_LIMIT - 4), ...people]);
  }

  // Those in the sidebar; what waits comes first, then what begins with the letters.
  #rooms(wanted) {
    const found = [...this.#sidebar.querySelectorAll("[data-section] li")].map((item) => roomOf(item, wanted));
    return found.filter(({ rank }) => rank >= 0).sort((one, other) => other.rank - one.rank);
  }

  async #people(query) {
    if (!this.#room.dataset.me.startsWith("u")) return [];
    const { people, talk } = urlsOf(this.#room);
    const found = await (await fetch(`${people}?q=${encodeURIComponent(query)}`)).json();
    return found.people.map(({ id, name }) => ({ title: name, isPerson: true, go: () => this.#startDirectRoom(talk, id) }));
  }

  #show(choices) {
    this.#choices = choices.slice(0, CHOICES_LIMIT);
    this.#active = 0;
    this.#list.replaceChildren(...this.#choices.map((choice, index) => this.#option(choice, index)));
    part(this.#dialog, "switcher-none").hidden = choices.length > 0;
    this.#highlightActive();
  }

  #option({ title, count, isSpokenTo, isPerson }, index) {
    const option = cloneTemplate(this.#dialog, "switcher-option");
    option.id = `z-switch-${index}`;
    option.querySelector("span").textContent = title;
    option.querySelector("small").hidden = !isPerson;
    option.querySelector("b").textContent = count ?? "";
    option.querySelector("b").hidden = !count;
    option.querySelector("b").toggleAttribute("data-mentions", Boolean(isSpokenTo));
    return option;
  }

  #highlightActive() {
    [...this.#list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.#active)));
    this.#field.setAttribute("aria-activedescendant", this.#choices.length ? `z-switch-${this.#active}` : "");
    this.#list.children[this.#active]?.scrollIntoView({ block: "nearest" });
  }

  #onKeydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#choices.length) {
      this.#active = (this.#active + step + this.#choices.length) % this.#choices.length;
      this.#highlightActive();
    } else if (event.key === "Enter") this.#go(this.#active);
    else return;
    event.preventDefault();
  }

  #go(index) {
    const choice = this.#choices[index];
    if (!choice) return;
    this.#dialog.close();
    choice.go();
  }

  // The room of two is made when it is asked for, with the page's own proof that it is asked for here.
  #startDirectRoom(url, key) {
    const form = Object.assign(document.createElement("form"), { method: "post", action: url, hidden: true });
    const proof = document.querySelector("input[name=csrfmiddlewaretoken]").cloneNode();
    const person = Object.assign(document.createElement("input"), { name: "person", value: key });
    form.append(proof, person);
    document.body.append(form);
    form.submit();
  }
}

function roomOf(item, wanted) {
  const link = item.querySelector("a");
  const title = item.querySelector(".z-room-name").textContent;
  const count = item.querySelector(".z-count");
  const isSpokenTo = count.hasAttribute("data-mentions");
  const waits = count.hidden ? 0 : isSpokenTo ? 2 : 1;
  const at = normalizeForSearch(title).indexOf(wanted);
  const rank = at < 0 ? -1 : link.ariaCurrent ? 0 : 1 + waits + (wanted && at === 0 ? 4 : 0);
  return { title, rank, count: count.hidden ? "" : count.textContent, isSpokenTo, go: () => link.click() };
}
