import { backoffDelay } from "./backoff.js";
import { decode, encode, FATAL_CLOSE_CODES, PROTOCOL, SIGNED_OUT, sizeOf, TOO_BIG, WireError } from "./protocol.js";

const ANSWER_LIMIT = 15_000; // milliseconds that a command waits for its answer
const CONNECT_LIMIT = 10_000; // milliseconds that a connection may take to open
const STEADY = 5_000; // milliseconds after which a connection counts as good

// One connection that comes back by itself.
//
// Events: "open" when commands can be asked; "lost" (detail: {wait} in milliseconds, null while
// offline); "ended" (detail: {why}) when it will not come back; "event" (detail: what the server said).
export class Socket extends EventTarget {
  #url;
  #socket = null;
  #pending = new Map(); // ref -> {resolve, reject, timer, size in bytes}
  #frameLimit = Infinity; // bytes that the server says it takes
  #knownTooBig = Infinity; // bytes of the smallest frame that was too big, whatever the server says
  #lastRef = 0;
  #frames = 0; // that were heard
  #tries = 0;
  #timer = null;
  #stopped = true;
  #asksAgain = false; // was signed out, and tries once more

  // path: where on this page's own host the server listens.
  constructor(path) {
    super();
    this.#url = new URL(path, location.href);
    this.#url.protocol = this.#url.protocol === "https:" ? "wss:" : "ws:";
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  start() {
    if (!this.#stopped) return;
    this.#stopped = false;
    addEventListener("online", this.#onOnline);
    addEventListener("offline", this.#onOffline);
    document.addEventListener("visibilitychange", this.#onVisible);
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#onOnline);
    removeEventListener("offline", this.#onOffline);
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#drop();
  }

  // Never send more than so many bytes in one frame.
  set frameLimit(bytes) {
    this.#frameLimit = bytes;
  }

  // Try at once instead of waiting.
  connectNow() {
    if (this.#stopped || this.#socket) return;
    this.#connect();
  }

  // Give this connection up and come back on a new one.
  reconnect() {
    if (this.#stopped || !this.#socket) return;
    this.#drop();
    this.#scheduleReconnect();
  }

  // Send a command and wait for its answer. Rejects with a WireError: the server's, "too_long" for what it would not take, "timeout" or "lost".
  request(command, limit = ANSWER_LIMIT) {
    if (!this.isOpen) return Promise.reject(new WireError("lost"));
    const ref = ++this.#lastRef;
    const heard = this.#frames;
    const frame = encode({ ...command, ref });
    const size = sizeOf(frame);
    if (size > this.#frameLimit || size >= this.#knownTooBig) return Promise.reject(new WireError("too_long"));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#onTimeout(ref, heard), limit);
      this.#pending.set(ref, { resolve, reject, timer, size });
      this.#socket.send(frame);
    });
  }

  // Events

  #onOnline = () => this.connectNow();

  #onOffline = () => {
    if (this.#socket) this.reconnect();
    else this.#emit("disconnected", { wait: null });
  };

  #onVisible = () => {
    if (!document.hidden) this.connectNow();
  };

  #onOpen(socket) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#isSteady(), STEADY);
    if (socket === this.#socket) this.#emit("open");
  }

  #onFrame(frame) {
    this.#frames++;
    const event = decode(frame);
    if (!event) return;
    if (event.type === "ok") this.#resolve(event.ref, null, event);
    else if (event.type === "error") this.#resolve(event.ref, new WireError(event.code, event.detail, event.retry_after));
    else this.#emit("event", event);
  }

  #onClose(socket, code) {
    if (socket !== this.#socket) return;
    if (code === TOO_BIG) this.#failBiggest();
    this.#drop();
    if (code === SIGNED_OUT && !this.#asksAgain) {
      // The session may have been renewed, with a cookie that this page has by now: only a second answer is final.
      this.#asksAgain = true;
      this.#scheduleReconnect();
    } else if (FATAL_CLOSE_CODES.has(code)) {
      this.stop();
      this.#emit("closed", { why: FATAL_CLOSE_CODES.get(code) });
    } else if (!this.#stopped) {
      this.#scheduleReconnect();
    }
  }

  // Private

  #isSteady() {
    this.#tries = 0;
    this.#asksAgain = false;
  }

  #connect() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#url, PROTOCOL);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.reconnect(), CONNECT_LIMIT);
    socket.addEventListener("open", () => this.#onOpen(socket));
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#onFrame(data));
    socket.addEventListener("close", ({ code }) => this.#onClose(socket, code));
  }

  #scheduleReconnect() {
    clearTimeout(this.#timer);
    const wait = backoffDelay(this.#tries++);
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#emit("disconnected", { wait: navigator.onLine ? wait : null });
  }

  #drop() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    for (const ref of [...this.#pending.keys()]) this.#resolve(ref, new WireError("lost"));
  }

  // A frame was too big: the biggest that has no answer was, since the server reads no further. It fails for good, and no other of its size is sent.
  #failBiggest() {
    const [ref, biggest] = [...this.#pending].reduce((one, other) => (other[1].size > one[1].size ? other : one), [null, { size: 0 }]);
    if (ref === null) return;
    this.#knownTooBig = Math.min(this.#knownTooBig, biggest.size);
    this.#resolve(ref, new WireError("too_long"));
  }

  // A connection over which nothing came since is dead, though nobody has closed it: a network that was changed, a device that slept.
  #onTimeout(ref, heard) {
    if (this.#frames === heard) this.reconnect();
    else this.#resolve(ref, new WireError("timeout"));
  }

  #resolve(ref, error, answer) {
    const asked = this.#pending.get(ref);
    if (!asked) return;
    this.#pending.delete(ref);
    clearTimeout(asked.timer);
    if (error) asked.reject(error);
    else asked.resolve(answer);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
