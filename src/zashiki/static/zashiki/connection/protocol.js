// The wire, zashiki.v1, seen from a client: names and errors. docs/wire.md is its description.

import { wellFormed } from "../composer/text_length.js";

export const PROTOCOL = "zashiki.v1";
export const TOO_BIG = 1009; // the close code of a server to which a frame was too big (RFC 6455, 7.4.1)

export const SIGNED_OUT = 4408;

// Closes after which coming back makes no sense without a person's doing.
export const FATAL_CLOSE_CODES = new Map([
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

// Refusals that would be the same however often one tries: the same thing is not sent again.
const FINAL = new Set(["malformed", "unknown_command", "invalid", "empty", "too_long", "not_found", "forbidden", "conflict"]);

export function isFinal({ code }) {
  return FINAL.has(code);
}

// Refusals that end by themselves: the same command succeeds later.
const TEMPORARY = new Set(["rate_limited", "busy", "unavailable", "timeout"]);

export function isTemporary({ code }) {
  return TEMPORARY.has(code);
}

export function encode(command) {
  return JSON.stringify(command, (_, value) => (typeof value === "string" ? wellFormed(value) : value));
}

// Bytes of a frame.
export function sizeOf(frame) {
  return new TextEncoder().encode(frame).length;
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
