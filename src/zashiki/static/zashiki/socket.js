import { waitAfter } from "./waits.js";
import { decode, encode, ENDED, PROTOCOL, SIGNED_OUT, sizeOf, TOO_BIG, WireError } from "./wire.js";

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
  #asked = new Map(); // ref -> {resolve, reject, timer, size in bytes}
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
    addEventListener("online", this.#cameOnline);
    addEventListener("offline", this.#wentOffline);
    document.addEventListener("visibilitychange", this.#becameVisible);
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#cameOnline);
    removeEventListener("offline", this.#wentOffline);
    document.removeEventListener("visibilitychange", this.#becameVisible);
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
  renew() {
    if (this.#stopped || !this.#socket) return;
    this.#drop();
    this.#comeBack();
  }

  // Send a command and wait for its answer. Rejects with a WireError: the server's, "too_long" for what it would not take, "timeout" or "lost".
  ask(command, limit = ANSWER_LIMIT) {
    if (!this.isOpen) return Promise.reject(new WireError("lost"));
    const ref = ++this.#lastRef;
    const heard = this.#frames;
    const frame = encode({ ...command, ref });
    const size = sizeOf(frame);
    if (size > this.#frameLimit || size >= this.#knownTooBig) return Promise.reject(new WireError("too_long"));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#unanswered(ref, heard), limit);
      this.#asked.set(ref, { resolve, reject, timer, size });
      this.#socket.send(frame);
    });
  }

  // Events

  #cameOnline = () => this.connectNow();

  #wentOffline = () => {
    if (this.#socket) this.renew();
    else this.#say("lost", { wait: null });
  };

  #becameVisible = () => {
    if (!document.hidden) this.connectNow();
  };

  #opened(socket) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#isSteady(), STEADY);
    if (socket === this.#socket) this.#say("open");
  }

  #heard(frame) {
    this.#frames++;
    const event = decode(frame);
    if (!event) return;
    if (event.type === "ok") this.#settle(event.ref, null, event);
    else if (event.type === "error") this.#settle(event.ref, new WireError(event.code, event.detail, event.retry_after));
    else this.#say("event", event);
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    if (code === TOO_BIG) this.#failBiggest();
    this.#drop();
    if (code === SIGNED_OUT && !this.#asksAgain) {
      // The session may have been renewed, with a cookie that this page has by now: only a second answer is final.
      this.#asksAgain = true;
      this.#comeBack();
    } else if (ENDED.has(code)) {
      this.stop();
      this.#say("ended", { why: ENDED.get(code) });
    } else if (!this.#stopped) {
      this.#comeBack();
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
    this.#timer = setTimeout(() => this.renew(), CONNECT_LIMIT);
    socket.addEventListener("open", () => this.#opened(socket));
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#heard(data));
    socket.addEventListener("close", ({ code }) => this.#closed(socket, code));
  }

  #comeBack() {
    clearTimeout(this.#timer);
    const wait = waitAfter(this.#tries++);
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#say("lost", { wait: navigator.onLine ? wait : null });
  }

  #drop() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    for (const ref of [...this.#asked.keys()]) this.#settle(ref, new WireError("lost"));
  }

  // A frame was too big: the biggest that has no answer was, since the server reads no further. It fails for good, and no other of its size is sent.
  #failBiggest() {
    const [ref, biggest] = [...this.#asked].reduce((one, other) => (other[1].size > one[1].size ? other : one), [null, { size: 0 }]);
    if (ref === null) return;
    this.#knownTooBig = Math.min(this.#knownTooBig, biggest.size);
    this.#settle(ref, new WireError("too_long"));
  }

  // A connection over which nothing came since is dead, though nobody has closed it: a network that was changed, a device that slept.
  #unanswered(ref, heard) {
    if (this.#frames === heard) this.renew();
    else this.#settle(ref, new WireError("timeout"));
  }

  #settle(ref, error, answer) {
    const asked = this.#asked.get(ref);
    if (!asked) return;
    this.#asked.delete(ref);
    clearTimeout(asked.timer);
    if (error) asked.reject(error);
    else asked.resolve(answer);
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
