import { dayKey } from "../ui/time.js";

// Asks for a day, and goes to what was said then.
export class DateDialog {
  #dialog;
  #form;

  // onChoice: called with the moment at which that day began here, RFC 3339.
  constructor(dialog, onChoice) {
    this.#dialog = dialog;
    this.#form = dialog.querySelector("form");
    this.#form.addEventListener("submit", () => this.#onSubmit(onChoice));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  }

  open() {
    const today = dayKey(new Date());
    this.#form.elements.day.max = today;
    this.#form.elements.day.value ||= today;
    this.#dialog.showModal();
  }

  #onSubmit(onChoice) {
    const begins = new Date(`${this.#form.elements.day.value}T00:00`);
    if (!Number.isNaN(begins.getTime())) onChoice(begins.toISOString());
  }
}
