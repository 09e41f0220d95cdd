import { begins, chosenIn, ends, plain, written } from "./mention_syntax.js";

// Names as one reads them in a field, and how they are written so that the server knows who is meant.
export class MentionCodec {
  #encoded = new Map(); // "Aiko Tanaka" -> "@[Aiko Tanaka](u3)"

  add(name, key) {
    this.#encoded.set(name, written(name, key));
    return `@${name}`;
  }

  // From the field to the server.
  encode(text) {
    if (!this.#encoded.size) return text;
    const longestFirst = [...this.#encoded.keys()].sort((one, other) => other.length - one.length);
    let spelled = "";
    let told = 0;
    for (const { index } of text.matchAll(/[@＠]/g)) {
      if (index < told || !begins(text, index)) continue;
      const name = longestFirst.find((each) => text.startsWith(each, index + 1) && ends(text, index + 1 + each.length));
      if (name === undefined) continue;
      spelled += text.slice(told, index) + this.#encoded.get(name);
      told = index + 1 + name.length;
    }
    return spelled + text.slice(told);
  }

  // From the server to the field.
  decode(body) {
    for (const { written, name } of chosenIn(body)) this.#encoded.set(name, written);
    return plain(body);
  }
}
