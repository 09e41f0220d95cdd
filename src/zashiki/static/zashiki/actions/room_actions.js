import { MessageActions } from "./message_actions.js";
import { Autocomplete } from "../composer/autocomplete.js";
import { DateDialog } from "./date_dialog.js";
import { copyText } from "../ui/clipboard.js";
import { urlsOf, cloneTemplate, part } from "../ui/dom.js";
import { Menu } from "../ui/menu.js";
import { Toast } from "./toast.js";
import { SidePanel } from "./side_panel.js";
import { loadDeferred } from "../ui/deferred.js";
import { markGuest } from "../ui/initials.js";
import { EmojiPicker } from "./emoji_picker.js";
import { Preview } from "../composer/preview.js";
import { excerpt } from "../timeline/message_body.js";

const QUOTED = 140; // letters of what one answers

// All that is done with messages, brought together: what a button says is done here, and what comes of it is told.
export class RoomActions {
  #room;
  #context;
  #toast;
  #panel;
  #picker;
  #menu;
  #dates;
  #preview = null;
  #actions;

  static async load(room, context) {
    await loadDeferred(room);
    return new RoomActions(room, context, await context.threads());
  }

  // room: with all of its parts; context: as Hands takes it; threads: as Threads, or null for somebody who follows none.
  constructor(room, context, threads) {
    this.#room = room;
    this.#context = context;
    this.#toast = new Toast(part(room, "toast"));
    this.#panel = new SidePanel(room, context.subscription, this, threads);
    this.#picker = new EmojiPicker(part(room, "picker"), urlsOf(room).emoji);
    this.#dates = new DateDialog(part(room, "dates"), (moment) => this.#goTo({ around_time: moment }));
    this.#menu = new Menu(part(room, "room-menu"), (action) => this.do(action, null));
    this.#actions = new MessageActions(room, this);
    if (context.composer) this.#assistComposer(context.composer);
    this.#addAutocomplete(this.#panel.field, "panel-choices");
  }

  get names() {
    return this.#context.names;
  }

  get subscription() {
    return this.#context.subscription;
  }

  // The message that an element of the page shows, or null.
  messageAt(element) {
    return element && (this.#context.timeline.at(element) ?? this.#panel.messageAt(element));
  }

  // Do what a button of the room or of a message says.
  do(action, button) {
    const actions = {
      "room-menu": () => this.#menu.open(button, (item) => this.isOffered(item)),
      threads: () => this.#orToast(this.#panel.openThreads()),
      pins: () => this.#orToast(this.#panel.openMessages("pins")),
      "saved-list": () => this.#orToast(this.#panel.openMessages("saved")),
      dates: () => this.#dates.open(),
      preview: () => this.#preview?.toggle(),
    };
    if (Object.hasOwn(actions, action)) return actions[action]();
    return this.#actions.do(action, button);
  }

  // Whether this person may do what an item of a menu offers.
  isOffered({ dataset }) {
    const { me } = this.#room.dataset;
    const writes = part(this.#room, "writing");
    if ("account" in dataset && !me?.startsWith("u")) return false;
    if ("person" in dataset && !me) return false;
    return !("writes" in dataset) || (writes !== null && !writes.hidden);
  }

  onPointerOrFocus(event) {
    this.#actions.onPointerOrFocus(event);
  }

  onKeydown(event) {
    this.#actions.onKeydown(event);
  }

  onMessage(state) {
    this.#panel.onMessage(state);
  }

  onSaved(event) {
    this.#actions.onSaved(event);
    this.#panel.onSaved(event);
  }

  // Copy a text, if there is one, and say whether that was possible.
  async copyText(text) {
    if (text !== undefined) this.showToast((await copyText(text)) ? "copied" : "not-copied");
  }

  showToast(name) {
    this.#toast.show(name);
  }

  // Ask, and say so when it was refused. Resolves to the answer, or null.
  async request(command, fields) {
    try {
      return await this.subscription.request(command, fields);
    } catch (error) {
      this.showToast(error.code);
      return null;
    }
  }

  // Offer emoji at a button.
  pickEmoji(button, onChoice) {
    this.#picker.open(button, onChoice);
  }

  openThread(root) {
    return this.#orToast(this.#panel.openThread(root));
  }

  openRevisions(id) {
    return this.#orToast(this.#panel.openRevisions(id));
  }

  markUnreadFrom(position) {
    return this.#orToast(this.#context.unread(position).then(() => this.showToast("unread")));
  }

  // Show the message at a position of this room, or of another one.
  goToPosition(position, room = this.subscription.room) {
    if (room !== this.subscription.room) return location.assign(`${urlsOf(this.#room).rooms.replace(/0(?=\/$)/, room)}?at=${position}`);
    return this.#goTo({ around: position });
  }

  // Answer a message with a quote.
  async reply(message) {
    const state = await this.loadState(message.id);
    if (!state || !this.#context.composer) return;
    const banner = cloneTemplate(this.#room, "replying");
    banner.querySelector("b").textContent = state.author.name;
    markGuest(this.#room, banner.querySelector("b"), state.author.id);
    banner.querySelector("q").textContent = excerpt(state, QUOTED);
    const { id, position, author } = state;
    this.#context.composer.startTask({ banner, send: (body) => this.#context.post(body, { id, position, author }) });
  }

  // Say it better, in the composer.
  async edit(message) {
    const state = await this.loadState(message.id);
    if (!state || !this.#context.composer) return;
    const send = (body) => this.subscription.request("edit", { message: state.id, body });
    this.#context.composer.startTask({ banner: cloneTemplate(this.#room, "editing"), body: state.body, send, onRefused: ({ code }) => this.showToast(code) });
  }

  // A message as it is now, with the text as it was typed; null when it cannot be had.
  async loadState(id) {
    return (await this.request("messages", { ids: [id] }))?.messages[0] ?? null;
  }

  // Private

  #assistComposer(composer) {
    this.#addAutocomplete(composer.field, "choices");
    this.#preview = new Preview(this.#room, composer, this.subscription, (code) => this.showToast(code));
  }

  #goTo(page) {
    return this.#orToast(this.#context.show(page));
  }

  // Whatever goes wrong is said.
  #orToast(doing) {
    return doing.catch((error) => this.showToast(error.code));
  }

  #addAutocomplete(field, name) {
    const people = (query) => this.subscription.request("suggest_people", { query });
    const completion = new Autocomplete(this.#room, field, part(this.#room, name), this.#context.names, people);
    if (field === document.activeElement) completion.refresh();
  }
}
