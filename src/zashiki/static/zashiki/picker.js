import { emojiNamed } from "./emoji.js";
import { openAt } from "./beside.js";
import { rove, settle } from "./roving.js";

const USUAL = ["👍", "❤️", "😂", "🎉", "🙏", "👀", "✅", "🍵"];
const SHOWN = 40; // signs that are found

// A few signs to react with, and all others by name.
export class Picker {
  #element;
  #field;
  #signs;
  #url;
  #onChoice = null;
  #asked = 0;
  #found = null; // a promise: what was typed has been looked for

  // element: a popover with a field and [data-signs]; url: where the names of emoji are.
  constructor(element, url) {
    this.#element = element;
    this.#field = element.querySelector("input");
    this.#signs = element.querySelector("[data-signs]");
    this.#url = url;
    this.#field.addEventListener("input", () => (this.#found = this.#search()));
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    this.#signs.addEventListener("click", ({ target }) => target.dataset.emoji && this.#choose(target.dataset.emoji));
    rove(this.#signs, "button");
  }

  // Offer the signs at a button; onChoice is called with the one that was chosen.
  open(button, onChoice) {
    this.#onChoice = onChoice;
    this.#field.value = "";
    this.#show(USUAL.map((sign) => ({ sign, name: sign })));
    if (openAt(this.#element, button)) this.#field.focus();
  }

  // Private

  async #search() {
    const asked = ++this.#asked;
    const word = this.#field.value.trim();
    const found = word ? await emojiNamed(word, this.#url, SHOWN).catch(() => []) : USUAL.map((sign) => ({ sign, name: sign }));
    if (asked === this.#asked) this.#show(found);
  }

  #show(found) {
    this.#signs.replaceChildren(...found.map(buttonOf));
    this.#element.querySelector("[data-none]").hidden = found.length > 0;
    settle(this.#signs, "button");
  }

  #choose(sign) {
    if (!sign || !this.#element.matches(":popover-open")) return;
    this.#element.hidePopover();
    this.#onChoice(sign);
  }

  async #pressed(event) {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    await this.#found; // who types fast means the name, not what was shown before
    const first = this.#signs.querySelector("[data-emoji]");
    if (event.key === "Enter") this.#choose(first?.dataset.emoji);
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
