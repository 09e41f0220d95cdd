import { emojiNamed } from "../composer/emoji.js";
import { openNextTo } from "../ui/popover.js";
import { rove, resetStop } from "../ui/roving_tabindex.js";

const FREQUENT = ["👍", "❤️", "😂", "🎉", "🙏", "👀", "✅", "🍵"];
const CHOICES_LIMIT = 40; // signs that are found

// A few signs to react with, and all others by name.
export class EmojiPicker {
  #element;
  #field;
  #choices;
  #url;
  #onChoice = null;
  #requestNumber = 0;
  #pendingSearch = null; // a promise: what was typed has been looked for

  // element: a popover with a field and [data-signs]; url: where the names of emoji are.
  constructor(element, url) {
    this.#element = element;
    this.#field = element.querySelector("input");
    this.#choices = element.querySelector("[data-signs]");
    this.#url = url;
    this.#field.addEventListener("input", () => (this.#pendingSearch = this.#search()));
    this.#field.addEventListener("keydown", (event) => this.#onKeydown(event));
    this.#choices.addEventListener("click", ({ target }) => target.dataset.emoji && this.#select(target.dataset.emoji));
    rove(this.#choices, "button");
  }

  // Offer the signs at a button; onChoice is called with the one that was chosen.
  open(button, onChoice) {
    this.#onChoice = onChoice;
    this.#field.value = "";
    this.#show(FREQUENT.map((sign) => ({ sign, name: sign })));
    if (openNextTo(this.#element, button)) this.#field.focus();
  }

  // Private

  async #search() {
    const asked = ++this.#requestNumber;
    const word = this.#field.value.trim();
    const found = word ? await emojiNamed(word, this.#url, CHOICES_LIMIT).catch(() => []) : FREQUENT.map((sign) => ({ sign, name: sign }));
    if (asked === this.#requestNumber) this.#show(found);
  }

  #show(found) {
    this.#choices.replaceChildren(...found.map(buttonOf));
    this.#element.querySelector("[data-none]").hidden = found.length > 0;
    resetStop(this.#choices, "button");
  }

  #select(emoji) {
    if (!emoji || !this.#element.matches(":popover-open")) return;
    this.#element.hidePopover();
    this.#onChoice(emoji);
  }

  async #onKeydown(event) {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    await this.#pendingSearch; // who types fast means the name, not what was shown before
    const first = this.#choices.querySelector("[data-emoji]");
    if (event.key === "Enter") this.#select(first?.dataset.emoji);
    else first?.focus();
  }
}

function buttonOf({ sign, name }) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = button.dataset.emoji = sign;
  button.title = name.replaceAll("_", " ");
  return button;
}
