import { plain } from "./message.js";

const CHOSEN = /@\[(?:[^\]\\]|\\.)*\]\([^)]*\)/g;

// Names as one reads them in a field, and how they are written so that the server knows who is meant.
export class Names {
  #written = new Map(); // "@Aiko Tanaka" -> "@[Aiko Tanaka](u3)"

  add(name, key) {
    this.#written.set(`@${name}`, `@[${name.replace(/[\\[\]*_~`<>&]/g, "\\$&")}](${key})`);
    return `@${name}`;
  }

  // From the field to the server.
  spell(text) {
    if (!this.#written.size) return text;
    const longestFirst = [...this.#written.keys()].sort((one, other) => other.length - one.length);
    const names = new RegExp(`(?:${longestFirst.map((name) => escape(name)).join("|")})(?![\\p{Script=Latin}\\p{N}])`, "gu");
    return text.replace(names, (name) => this.#written.get(name));
  }

  // From the server to the field.
  read(body) {
    for (const [written] of body.matchAll(CHOSEN)) if (plain(written) !== written) this.#written.set(plain(written), written);
    return plain(body);
  }
}

function escape(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
