import { keep, keyOf, load, watch } from "../ui/device_storage.js";
import { isFinal } from "../connection/protocol.js";

const PAUSE = 800; // milliseconds without a key after which the other devices are told

// What was typed and not sent: one text for a person and a room. It is kept on this device, where all tabs show the same one, and on
// the server for one's other devices. What is too long for the server stays here.
export class Draft {
  #place; // {socket, me, room, name}
  #send;
  #whenCalm;
  #onChange;
  #text = "";
  #base = ""; // what the server was last known to have
  #known = ""; // what this device was last known to keep
  #refused = null; // what the server does not take, and is not told again
  #sent = []; // what it was told and has not said back
  #isShared = false; // whether the server keeps drafts of this room
  #isOwn = true; // whether this tab has the last word, and is the one that tells the server
  #isStored = true;
  #timer = null;

  // place: whose, and in which room; send: tells the server, and resolves when it has stored it; whenCalm: calls a function
  // when the text may be changed from outside; onChange: called with a text that was changed from outside.
  constructor(place, { send, whenCalm, onChange }) {
    this.#place = place;
    this.#send = send;
    this.#whenCalm = whenCalm;
    this.#onChange = onChange;
    this.#recall();
    const here = () => whenCalm(() => this.#look());
    watch(keyOf("draft", place.socket, place.me, ""), (key) => key === this.#key && here());
    document.addEventListener("visibilitychange", here); // a page that was frozen has heard nothing
  }

  get text() {
    return this.#text;
  }

  // The same text, typed here.
  set text(text) {
    if (text === this.#text) return;
    this.#text = text;
    this.#isOwn = true;
    this.#save();
    this.#sendSoon();
  }

  // Whether the text outlives the page.
  get isKept() {
    return this.#isStored || this.#text === "" || (this.#isShared && this.#text !== this.#refused);
  }

  // The room has an id now: what was kept under its name moves there.
  settle(room) {
    if (room !== this.#place.room) this.#whenCalm(() => this.#move(room));
  }

  // The server has this one, and shares it among one's devices.
  mergeFromServer(body) {
    this.#isShared = true;
    this.#whenCalm(() => this.#heard(body));
  }

  // Private

  get #key() {
    const { socket, me, room, name } = this.#place;
    return keyOf("draft", socket, me, room === null ? `name ${name}` : `id ${room}`);
  }

  #recall() {
    this.#take(load(this.#key));
    this.#known = this.#text;
    const others = this.#others.filter(load);
    for (const key of others) this.#take(load(key));
    if (others.length) this.#save();
    for (const key of others) keep(key, null);
  }

  // Where it may be kept besides: under the room's name, from before it had an id, and as it was done before.
  get #others() {
    const { socket, me, room, name } = this.#place;
    const places = [room, name].filter(Boolean);
    const older = places.map((each) => `zashiki.draft.${socket}.${each}.${me}`);
    return room === null ? older : [keyOf("draft", socket, me, `name ${name}`), ...older];
  }

  // One of the values that are kept: {text, base, isRefused}, or as before [text, base]; all become one.
  #take(kept) {
    if (typeof kept !== "object") return;
    const { 0: older = "", 1: olderBase = "", text = older, base = olderBase, isRefused } = kept ?? {};
    if (typeof text !== "string" || typeof base !== "string") return;
    this.#text = merge(this.#text, "", text);
    this.#base ||= base;
    if (isRefused) this.#refused = text;
  }

  #move(room) {
    const before = this.#key;
    this.#place = { ...this.#place, room };
    this.#known = "";
    this.#look();
    this.#save();
    keep(before, null);
  }

  #heard(body) {
    const before = this.#text;
    const at = this.#sent.indexOf(body);
    if (at >= 0) this.#sent.splice(0, at + 1);
    else this.#text = merge(this.#text, this.#base, body);
    this.#base = body;
    if (this.#isOwn || this.#text !== before) this.#save(); // what another tab keeps is not written over
    if (this.#text !== body && !this.#sent.length && this.#isOwn) this.#sendSoon();
    this.#onChange(this.#text);
  }

  #sendSoon() {
    clearTimeout(this.#timer);
    if (this.#isShared) this.#timer = setTimeout(() => this.#sendNow(), this.#text ? PAUSE : 0);
  }

  async #sendNow() {
    const text = this.#text;
    if (text === this.#refused || (text === this.#base && !this.#sent.length)) return;
    this.#sent.push(text);
    try {
      await this.#send(text);
    } catch (error) {
      this.#sent = this.#sent.filter((each) => each !== text); // the list of rooms that comes with the next connection brings both together
      if (isFinal(error)) this.#refuse(text);
    }
  }

  #refuse(text) {
    this.#refused = text;
    if (text === this.#text) this.#save();
  }

  // What another tab has typed is shown here too; what both have typed is kept together.
  #look() {
    const there = load(this.#key)?.text ?? "";
    if (there === this.#known) return;
    const text = merge(this.#text, this.#known, there);
    this.#known = there;
    this.#isOwn = text !== there;
    if (text === this.#text) return;
    this.#text = text;
    if (this.#isOwn) this.#save();
    this.#onChange(text);
  }

  #save() {
    const value = { text: this.#text, base: this.#base, isRefused: this.#text === this.#refused };
    this.#isStored = keep(this.#key, this.#text || this.#base ? value : null);
    if (this.#isStored) this.#known = this.#text;
  }
}

// Of two texts that were one: whoever changed nothing takes what the other wrote; when both did, no word of either is lost.
export function merge(here, base, there) {
  if (here === base || there.startsWith(here)) return there;
  if (there === base || here.startsWith(there)) return here;
  return `${there}\n\n${here}`;
}
