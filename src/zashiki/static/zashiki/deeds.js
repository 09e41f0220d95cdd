import { Actions } from "./actions.js";
import { Completion } from "./completion.js";
import { DateForm } from "./dates.js";
import { addressesOf, clone, part } from "./dom.js";
import { Menu } from "./menu.js";
import { Notice } from "./notice.js";
import { Panel } from "./panel.js";
import { parts } from "./parts.js";
import { markGuest } from "./person.js";
import { Picker } from "./picker.js";
import { Preview } from "./preview.js";
import { wordsOf } from "./prose.js";

const QUOTED = 140; // letters of what one answers

// All that is done with messages, brought together: what a button says is done here, and what comes of it is told.
export class Deeds {
  #room;
  #desk;
  #notice;
  #panel;
  #picker;
  #menu;
  #dates;
  #preview = null;
  #actions;

  static async fetched(room, desk) {
    await parts(room);
    return new Deeds(room, desk, await desk.threads());
  }

  // room: with all of its parts; desk: as Hands takes it; threads: as Threads, or null for somebody who follows none.
  constructor(room, desk, threads) {
    this.#room = room;
    this.#desk = desk;
    this.#notice = new Notice(part(room, "notice"));
    this.#panel = new Panel(room, desk.sitting, this, threads);
    this.#picker = new Picker(part(room, "picker"), addressesOf(room).emoji);
    this.#dates = new DateForm(part(room, "dates"), (moment) => this.#goTo({ at: moment }));
    this.#menu = new Menu(part(room, "room-menu"), (action) => this.do(action, null));
    this.#actions = new Actions(room, this);
    if (desk.composer) this.#helpToWrite(desk.composer);
    this.#complete(this.#panel.field, "panel-choices");
  }

  get names() {
    return this.#desk.names;
  }

  get sitting() {
    return this.#desk.sitting;
  }

  // The message that an element of the page shows, or null.
  messageAt(element) {
    return element && (this.#desk.timeline.at(element) ?? this.#panel.at(element));
  }

  // Do what a button of the room or of a message says.
  do(action, button) {
    const deeds = {
      "room-menu": () => this.#menu.open(button, (item) => this.isOffered(item)),
      threads: () => this.#told(this.#panel.threads()),
      pins: () => this.#told(this.#panel.messages("pins")),
      "saved-list": () => this.#told(this.#panel.messages("saved")),
      dates: () => this.#dates.open(),
      preview: () => this.#preview?.toggle(),
    };
    if (Object.hasOwn(deeds, action)) return deeds[action]();
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

  touched(event) {
    this.#actions.touched(event);
  }

  pressed(event) {
    this.#actions.pressed(event);
  }

  heard(state) {
    this.#panel.heard(state);
  }

  saved(event) {
    this.#actions.saved(event);
    this.#panel.saved(event);
  }

  say(name) {
    this.#notice.say(name);
  }

  // Ask, and say so when it was refused. Resolves to the answer, or null.
  async ask(command, fields) {
    try {
      return await this.sitting.ask(command, fields);
    } catch (error) {
      this.say(error.code);
      return null;
    }
  }

  // Offer emoji at a button.
  emoji(button, onChoice) {
    this.#picker.open(button, onChoice);
  }

  thread(root) {
    return this.#told(this.#panel.thread(root));
  }

  revisions(id) {
    return this.#told(this.#panel.revisions(id));
  }

  unread(position) {
    return this.#told(this.#desk.unread(position).then(() => this.say("unread")));
  }

  // Show the message at a position of this room, or of another one.
  jump(position, room = this.sitting.room) {
    if (room !== this.sitting.room) return location.assign(`${addressesOf(this.#room).rooms.replace(/0(?=\/$)/, room)}?at=${position}`);
    return this.#goTo({ around: position });
  }

  // Answer a message with a quote.
  async reply(message) {
    const state = await this.state(message.id);
    if (!state || !this.#desk.composer) return;
    const banner = clone(this.#room, "replying");
    banner.querySelector("b").textContent = state.author.name;
    markGuest(this.#room, banner.querySelector("b"), state.author.id);
    banner.querySelector("q").textContent = wordsOf(state, QUOTED);
    const { id, position, author } = state;
    this.#desk.composer.begin({ banner, send: (body) => this.#desk.post(body, { id, position, author }) });
  }

  // Say it better, in the composer.
  async edit(message) {
    const state = await this.state(message.id);
    if (!state || !this.#desk.composer) return;
    const send = (body) => this.sitting.ask("edit", { message: state.id, body });
    this.#desk.composer.begin({ banner: clone(this.#room, "editing"), body: state.body, send, onRefused: ({ code }) => this.say(code) });
  }

  // A message as it is now, with the text as it was typed; null when it cannot be had.
  async state(id) {
    return (await this.ask("messages", { ids: [id] }))?.messages[0] ?? null;
  }

  // Private

  #helpToWrite(composer) {
    this.#complete(composer.field, "choices");
    this.#preview = new Preview(this.#room, composer, this.sitting, (code) => this.say(code));
  }

  #goTo(page) {
    return this.#told(this.#desk.show(page));
  }

  // Whatever goes wrong is said.
  #told(doing) {
    return doing.catch((error) => this.say(error.code));
  }

  #complete(field, name) {
    const people = (query) => this.sitting.ask("people", { query });
    const completion = new Completion(this.#room, field, part(this.#room, name), this.#desk.names, people);
    if (field === document.activeElement) completion.look();
  }
}
