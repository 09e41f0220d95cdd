import { urlsOf, cloneTemplate } from "../ui/dom.js";
import { emojiNamed } from "./emoji.js";
import { openAbove } from "../ui/popover.js";
import { isComposing } from "../ui/input_method.js";
import { begins } from "./mention_syntax.js";

const CHOICES_LIMIT = 8; // choices
const LEAVING = new Set(["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"]); // keys by which the caret goes elsewhere
const LOOKED_AT = 100; // letters before the caret

// Somebody's name after @, of either width, where a mention can begin.
const NAME = /[@＠](?<query>[^\s@＠:：]{0,40}(?: [^\s@＠:：]{0,20})?)$/u;
// An emoji's name after a colon, where a word begins.
const EMOJI = /(?:^|[\s(（、。「])[:：](?<query>[^\s@＠:：]{2,40}(?: [^\s@＠:：]{0,20})?)$/u;

// Names of people after @, and emoji after a colon, offered while one types: a list box of the field (ARIA 1.2, combobox).
export class Autocomplete {
  #room;
  #field;
  #list;
  #names;
  #people;
  #found = [];
  #active = 0;
  #lastApplied = null; // what was chosen last, and is not offered again right behind it
  #requestNumber = 0;
  #pendingLookup = null; // a promise: what stands before the caret has been looked up

  // list: an empty element of role listbox; names: what is chosen is told to them; people: resolves a query to {people, everybody}.
  constructor(room, field, list, names, people) {
    this.#room = room;
    this.#field = field;
    this.#list = list;
    this.#names = names;
    this.#people = people;
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    for (const type of ["input", "compositionend"]) field.addEventListener(type, () => (this.#pendingLookup = this.refresh()));
    for (const type of ["compositionstart", "pointerdown", "blur"]) field.addEventListener(type, () => this.#close());
    field.addEventListener("keydown", (event) => this.#onKeydown(event), { capture: true });
    list.addEventListener("pointerdown", (event) => this.#onPointer(event));
  }

  // Look at what was typed before the caret. What is being composed is not typed yet.
  async refresh() {
    const begun = isComposing(this.#field) ? null : this.#begun();
    const asked = ++this.#requestNumber;
    if (!begun || begun.written === this.#lastApplied) return this.#close();
    const choices = await (begun.isName ? this.#findPeople(begun.query) : this.#findEmoji(begun.query)).catch(() => []);
    if (asked === this.#requestNumber) this.#show(choices, begun);
  }

  // Private

  // What stands before the caret and can be completed: {isName, query, written: the query with its sign}, or null.
  #begun() {
    const { value, selectionStart, selectionEnd } = this.#field;
    if (selectionStart !== selectionEnd) return null;
    const before = value.slice(Math.max(0, selectionStart - LOOKED_AT), selectionStart);
    const found = NAME.exec(before);
    const name = found && begins(before, found.index) ? found : null;
    const query = (name ?? EMOJI.exec(before))?.groups.query;
    return query === undefined ? null : { isName: Boolean(name), query, written: before.slice(before.length - query.length - 1) };
  }

  async #findPeople(query) {
    const { people, everybody } = await this.#people(query);
    const choices = people.map(({ id, name }) => ({ label: name, take: () => this.#names.add(name, id) }));
    const isRoom = everybody > 0 && "room".startsWith(query.toLowerCase());
    const room = { label: "@room", reaches: everybody, take: () => "@room" };
    return isRoom ? [...choices.slice(0, CHOICES_LIMIT - 1), room] : choices;
  }

  async #findEmoji(query) {
    const found = await emojiNamed(query, urlsOf(this.#room).emoji, CHOICES_LIMIT);
    return found.map(({ sign, name }) => ({ label: `${sign} ${name.replaceAll("_", " ")}`, take: () => sign }));
  }

  #show(choices, { isName }) {
    this.#found = choices.slice(0, CHOICES_LIMIT).map((choice) => ({ ...choice, isName }));
    this.#active = 0;
    this.#list.replaceChildren(...this.#found.map((choice, index) => this.#option(choice, index)));
    if (!this.#found.length) return this.#close();
    openAbove(this.#list, this.#field.closest("form"));
    this.#highlightActive();
  }

  #option({ label, reaches }, index) {
    const option = cloneTemplate(this.#room, "option");
    option.id = `${this.#list.id}-${index}`;
    option.querySelector("span").textContent = label;
    if (reaches) reachText(option.querySelector(`[data-reaches="${reaches === 1 ? "one" : "many"}"]`), reaches);
    return option;
  }

  #highlightActive() {
    [...this.#list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.#active)));
    if (this.#found.length) this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${this.#active}`);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #onKeydown(event) {
    if (!this.#found.length) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (LEAVING.has(event.key)) return this.#close();
    if (event.key in moves) {
      this.#active = (this.#active + moves[event.key] + this.#found.length) % this.#found.length;
      this.#highlightActive();
    } else if ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && !event.shiftKey)) this.#applyActive();
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #onPointer(event) {
    event.preventDefault(); // the field keeps the focus
    const index = [...this.#list.children].indexOf(event.target.closest('[role="option"]'));
    if (index >= 0) this.#apply(this.#found[index]);
  }

  // Who types fast means what stands in the field, not what was offered for less of it.
  async #applyActive() {
    await this.#pendingLookup;
    if (this.#found.length) this.#apply(this.#found[this.#active]);
  }

  // It replaces what stands before the caret now, which may be more than it was offered for.
  #apply({ take, isName }) {
    const begun = this.#begun();
    this.#close();
    if (begun?.isName !== isName) return;
    const end = this.#field.selectionStart;
    this.#lastApplied = `${take()} `;
    this.#field.setRangeText(this.#lastApplied, end - begun.written.length, end, "end");
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #close() {
    this.#requestNumber++;
    this.#found = [];
    this.#list.replaceChildren();
    this.#list.hidePopover();
    this.#field.removeAttribute("aria-activedescendant");
  }
}

function reachText(sentence, number) {
  sentence.hidden = false;
  sentence.querySelector("b").textContent = number;
}
