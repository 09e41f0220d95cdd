// The wire, zashiki.v1, seen from a client: names and errors. docs/wire.md is its description.

export const PROTOCOL = "zashiki.v1";

export const SIGNED_OUT = 4408;

// Closes after which coming back makes no sense without a person's doing.
export const ENDED = new Map([
  [4403, "ended"],
  [4404, "ended"],
  [SIGNED_OUT, "signed-out"],
]);

// A command was refused, or had no answer. `code` is the wire's, which a client may say itself, or one of ours: "timeout", "lost".
export class WireError extends Error {
  constructor(code, detail = code, retryAfter = null) {
    super(detail);
    this.code = code;
    this.retryAfter = retryAfter; // seconds, or null
  }
}

export function encode(command) {
  return JSON.stringify(command);
}

// The event in a frame, or null for what is not one: a newer server may speak of things unknown here.
export function decode(frame) {
  try {
    const event = JSON.parse(frame);
    return typeof event?.type === "string" ? event : null;
  } catch {
    return null;
  }
}
