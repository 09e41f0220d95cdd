import { isComposing } from "../ui/input_method.js";
import { lengthOf, showLength, trimmed, wellFormed } from "./text_length.js";

// Where one writes. Enter sends, Shift+Enter begins a new line.
//
// For a while it may write something else, a task: an answer, or an edit, before which the draft steps aside.
export class Composer {
  #form;
  #button;
  #banner;
  #limit;
  #draft;
  #names;
  #onPost;
  #onLast;
  #task = null;
  #stashedDraft = null; // the draft while something else is edited
  #later = []; // changes from outside that wait until nothing is composed

  // limit: tells how many characters may be sent; over: where the length is told when it matters; names: of whom is spoken to;
  // onPost: called with what was written; onLast: called when one wants to edit one's last message, and
  // resolves when that has begun, or cannot be.
  constructor(form, { over, limit, draft, names, onPost, onLast }) {
    this.#form = form;
    this.#button = form.querySelector(".z-send");
    this.#banner = over;
    this.#limit = limit;
    this.#draft = draft;
    this.#names = names;
    this.#onPost = onPost;
    this.#onLast = onLast;
    this.field.value ||= names.decode(draft.text);
    form.addEventListener("submit", this.#onSubmit);
    this.field.addEventListener("keydown", this.#onKeydown);
    this.field.addEventListener("input", this.#onInput);
    this.field.addEventListener("compositionend", this.#composed);
    this.#onInput();
  }

  get field() {
    return this.#form.elements.body;
  }

  // As the server is to have it.
  get text() {
    return this.#written(trimmed(this.field.value));
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  // Write for a task: {banner: says what is written, with a button that gives it up; body: what is edited, or nothing for an
  // answer; send: called with the text, may resolve later; onRefused: called with the error}.
  startTask(task) {
    this.cancelTask();
    this.#task = task;
    this.#form.before(task.banner);
    task.banner.querySelector("button").addEventListener("click", () => this.cancelTask());
    if (task.body !== undefined) this.#stashDraft(task.body);
    this.focus();
  }

  // Return to the draft.
  cancelTask() {
    this.#task?.banner.remove();
    this.#task = null;
    if (this.#stashedDraft !== null) this.#show(this.#stashedDraft);
    this.#stashedDraft = null;
    this.#onInput();
    this.focus();
  }

  // The draft was changed on another device.
  showDraft(body) {
    const text = this.#names.decode(body);
    if (this.#stashedDraft !== null) this.#stashedDraft = text;
    else if (this.#written(this.field.value) !== body) this.#show(text);
  }

  // Change the field from outside: at once, or when what is being composed in it has been written.
  whenCalm(change) {
    if (isComposing(this.field)) this.#later.push(change);
    else change();
  }

  // Write a text again that could not be sent, below what is there.
  bringBack(body) {
    if (this.#task) this.cancelTask();
    this.field.value = [this.field.value, this.#names.decode(body)].filter((text) => text.trim()).join("\n\n");
    this.#changed();
    this.focus();
  }

  // What may be sent has changed.
  refresh() {
    this.#onInput();
  }

  // Events

  #onSubmit = (event) => {
    event.preventDefault();
    if (!this.#isReady || this.field.readOnly) return;
    if (this.#task) return this.#finish(this.#task);
    this.#onPost(this.text);
    this.#clear();
  };

  #onKeydown = (event) => {
    if (event.key === "Escape" && this.#task) this.cancelTask();
    else if (event.key === "ArrowUp" && this.field.value === "" && !this.#task) this.#editLast();
    else if (event.key === "Enter" && this.#isSending(event)) this.#form.requestSubmit();
    else return;
    event.preventDefault();
  };

  #onInput = () => {
    if (this.#stashedDraft === null) this.#draft.text = this.#written(this.field.value);
    this.#button.setAttribute("aria-disabled", String(!this.#isReady));
    showLength(this.#banner, this.#length, this.#limit());
    if (!CSS.supports("field-sizing", "content")) this.#grow();
  };

  #composed = () => {
    this.#onInput();
    for (const change of this.#later.splice(0)) change();
  };

  // Private

  get #isReady() {
    return this.field.value.trim() !== "" && this.#length <= this.#limit();
  }

  get #length() {
    return lengthOf(this.text);
  }

  #written(text) {
    return wellFormed(this.#names.encode(text));
  }

  #isSending({ shiftKey, altKey, ctrlKey, metaKey }) {
    if (shiftKey || altKey) return false;
    return ctrlKey || metaKey || !matchMedia("(pointer: coarse) and (hover: none)").matches;
  }

  // What is typed before the message is there would be neither of it nor a draft.
  async #editLast() {
    if (this.field.readOnly) return;
    this.field.readOnly = true;
    await this.#onLast().catch(() => {}); // without a connection, which the page says
    this.field.readOnly = false;
  }

  async #finish(task) {
    const isEdit = this.#stashedDraft !== null;
    this.field.readOnly = true;
    try {
      await task.send(this.text);
      if (!isEdit) this.#clear();
      if (this.#task === task) this.cancelTask();
    } catch (error) {
      task.onRefused(error);
    } finally {
      this.field.readOnly = false;
    }
  }

  #stashDraft(body) {
    this.#stashedDraft = this.field.value;
    this.#show(this.#names.decode(body));
    this.#onInput();
  }

  #clear() {
    this.field.value = "";
    this.#changed();
    this.focus();
  }

  #changed() {
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The caret stays where it was, as far as that place exists.
  #show(text) {
    const wasAtEnd = this.field.selectionEnd === this.field.value.length;
    const caret = wasAtEnd ? text.length : Math.min(this.field.selectionEnd, text.length);
    this.field.value = text;
    if (this.field === document.activeElement) this.field.setSelectionRange(caret, caret);
    this.#onInput();
  }

  #grow() {
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }
}
