const PAUSE = 800; // milliseconds without a key after which the other devices are told

// What was typed and not sent: kept on this device for the next visit to the same room, and on the server for one's other devices.
export class Draft {
  #key;
  #send;
  #text;
  #base; // what the server was last known to have
  #sent = []; // what it was told and has not said back
  #isShared = false; // whether the server keeps drafts of this room
  #timer = null;

  // owner: whose, and in which room; send: tells the server, and resolves when it has stored it.
  constructor(owner, send) {
    this.#key = `zashiki.draft.${owner}`;
    this.#send = send;
    [this.#text, this.#base] = this.#kept();
  }

  get text() {
    return this.#text;
  }

  set text(text) {
    if (text === this.#text) return;
    this.#text = text;
    this.#keep();
    this.#tellSoon();
  }

  // The server has this one, and shares it among one's devices. Returns the text that is to be shown now.
  heard(body) {
    this.#isShared = true;
    const at = this.#sent.indexOf(body);
    if (at >= 0) this.#sent.splice(0, at + 1);
    else this.#text = merged(this.#text, this.#base, body);
    this.#base = body;
    this.#keep();
    if (this.#text !== body && !this.#sent.length) this.#tellSoon();
    return this.#text;
  }

  // Private

  #tellSoon() {
    clearTimeout(this.#timer);
    if (this.#isShared) this.#timer = setTimeout(() => this.#tell(), this.#text ? PAUSE : 0);
  }

  async #tell() {
    const text = this.#text;
    if (text === this.#base && !this.#sent.length) return;
    this.#sent.push(text);
    try {
      await this.#send(text);
    } catch {
      this.#sent = this.#sent.filter((each) => each !== text); // the list of rooms that comes with the next connection brings both together
    }
  }

  #kept() {
    try {
      const kept = localStorage.getItem(this.#key);
      return kept ? JSON.parse(kept) : ["", ""];
    } catch {
      return ["", ""]; // storage may be closed to us; then a draft lasts as long as the page
    }
  }

  #keep() {
    try {
      if (this.#text || this.#base) localStorage.setItem(this.#key, JSON.stringify([this.#text, this.#base]));
      else localStorage.removeItem(this.#key);
    } catch {
      // full or closed: the text still stands in the field
    }
  }
}

// Of two devices: who changed nothing takes what the other wrote; when both did, no word of either is lost.
export function merged(here, base, there) {
  if (here === base || there.startsWith(here)) return there;
  if (there === base || here.startsWith(there)) return here;
  return `${there}\n\n${here}`;
}
