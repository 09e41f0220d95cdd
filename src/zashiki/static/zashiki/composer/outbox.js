import { isTemporary } from "../connection/protocol.js";
import { keep, keyOf, keysWith, load, watch } from "../ui/device_storage.js";
import { lazy } from "../ui/lazy.js";
import { newNonce, tab, tabsAreSeen, whenOthers } from "../ui/browser_tab.js";
import { ResendTimer } from "./resend_timer.js";

const WAITING = new Set(["lost", "not_subscribed"]); // worth nothing but waiting for the next connection

// The posts of one person in one room that are not known to be stored. Their nonce makes sending them twice safe.
//
// A post is {nonce, body, reply_to: {id, position, author} or null, typed_at: RFC 3339, failed: the code of its refusal or null,
// room: id or null, name: of the room or null, tab: the one that sends it}. Each is kept on this device under a key of its own, so
// that no tab overwrites what another one keeps, and says itself to which room it belongs: a room that nobody has spoken in has
// a name and no id, and gets one later. The tab in which it was typed sends it; when that is gone another tab of the room
// inherits it, or the next one that is opened.
//
// A refusal that ends by itself keeps a post, and those behind it: they are sent again one after the other, so that they stay in order.
//
// Events: "pending" (detail: post) when one is on its way, "waiting" (detail: {post, reason}) when it will be sent again, "failed" (detail: {post, reason}), "stored" (detail: message),
// "gone" (detail: {nonce, wasFailed}) when another tab has seen to it, "kept" when `isKept` may have changed.
export class Outbox extends EventTarget {
  #prefix; // how the keys of this person begin
  #room; // id, or null for a room that nobody has spoken in
  #name; // of the room, or null
  #older; // keys under which posts were kept before each had its own
  #send;
  #posts = new Map(); // nonce -> post, in the order in which they were typed
  #sending = new Set();
  #unkept = new Set(); // nonces of posts that live as long as the page
  #timer = new ResendTimer(() => this.#resend()); // runs while posts wait to be sent again
  #isResending = false;
  #reason = null; // why they wait: the code of the last refusal
  #last = 0; // when the last one was typed, in milliseconds
  #found = lazy(() => this.#fetchFound()); // FoundPosts, once there may be some

  // place: {socket, me, room, name}; send: posts {body, nonce} and resolves to the stored message.
  constructor({ socket, me, room, name }, send) {
    super();
    this.#prefix = keyOf("post", socket, me, "");
    this.#room = room;
    this.#name = name || null;
    this.#older = [room, name].filter(Boolean).map((place) => `zashiki.outbox.${socket}.${place}.${me}`);
    this.#send = send;
  }

  // Whether the device keeps all of them.
  get isKept() {
    return this.#unkept.size === 0;
  }

  // Take a text on, and send it if that is possible now; reply_to: {id, position, author} of what it answers, or null.
  post(body, reply_to = null) {
    this.#last = Math.max(Date.now(), this.#last + 1); // their order is that of their times
    const typed_at = new Date(this.#last).toISOString();
    const post = { nonce: newNonce(), body, reply_to, typed_at, failed: null, room: this.#room, name: this.#name, tab };
    this.#save(post);
    this.#emit("pending", post);
    this.#try(post);
  }

  // Say again what is kept, from an earlier visit or in another tab, and from now on what other tabs change.
  restore() {
    watch(this.#prefix, (key) => this.#whenFound((found) => found.changed(key)));
    whenOthers(() => this.#whenFound((found) => found.show()));
    if (keysWith(this.#prefix).length || this.#older.some(load)) this.#whenFound((found) => found.show());
  }

  // There is a connection, and the room has an id: send what waits for that.
  sendQueued(room) {
    this.#room = room;
    for (const post of [...this.#posts.values()]) {
      if (!this.#isHere(post)) this.#leave(post);
      else if (post.tab === tab || !tabsAreSeen) this.#own(post);
    }
    if (keysWith(this.#prefix).length > this.#posts.size) this.#whenFound((found) => found.show()); // which may not have come before
  }

  retry(nonce) {
    const post = this.#posts.get(nonce);
    if (!post) return;
    post.failed = null;
    this.#emit("pending", post);
    this.#own(post);
  }

  discard(nonce) {
    this.#posts.delete(nonce);
    this.#unkept.delete(nonce);
    keep(this.#prefix + nonce, null);
    this.#emit("kept");
  }

  // The text of a post.
  bodyOf(nonce) {
    return this.#posts.get(nonce)?.body ?? null;
  }

  // Private

  #save(post) {
    this.#posts.set(post.nonce, post);
    if (keep(this.#prefix + post.nonce, post)) this.#unkept.delete(post.nonce);
    else this.#unkept.add(post.nonce);
    this.#emit("kept");
  }

  // A post is this tab's own, of a room whose id is known by now.
  #own(post) {
    this.#save(Object.assign(post, { tab, room: post.room ?? this.#room }));
    if (!post.failed) this.#try(post);
  }

  #try(post) {
    if (this.#timer.isRunning || this.#isResending) this.#emit("waiting", { post, reason: this.#reason });
    else this.#sendNow(post);
  }

  async #sendNow(post) {
    if (this.#sending.has(post.nonce)) return;
    this.#sending.add(post.nonce);
    try {
      const message = await this.#send(post);
      this.discard(post.nonce);
      this.#timer.reset();
      this.#emit("stored", message);
    } catch (error) {
      this.#onRefused(post, error);
    } finally {
      this.#sending.delete(post.nonce);
    }
  }

  #onRefused({ nonce }, error) {
    const post = this.#posts.get(nonce);
    if (WAITING.has(error.code) || !post) return;
    if (isTemporary(error)) {
      this.#reason = error.code;
      this.#timer.start(error.retryAfter);
      return this.#emit("waiting", { post, reason: this.#reason });
    }
    post.failed = error.code ?? "error";
    this.#save(post);
    this.#emit("failed", { post, reason: post.failed });
  }

  // Send what waits, one post after the other, until one is refused again or the connection is lost.
  async #resend() {
    this.#isResending = true;
    let post;
    while (!this.#timer.isRunning && (post = this.#firstUnsent())) {
      this.#emit("pending", post);
      await this.#sendNow(post);
      if (this.#posts.get(post.nonce) === post && !post.failed) break;
    }
    this.#isResending = false;
  }

  #firstUnsent() {
    const isUnsent = (post) => !post.failed && !this.#sending.has(post.nonce) && (post.tab === tab || !tabsAreSeen);
    return [...this.#posts.values()].find(isUnsent);
  }

  #isHere({ room, name }) {
    if (room !== null && this.#room !== null) return room === this.#room;
    return name !== null && name === this.#name;
  }

  // It is none of this tab's business any more.
  #leave({ nonce }) {
    const known = this.#posts.get(nonce);
    if (!known) return;
    this.#posts.delete(nonce);
    this.#unkept.delete(nonce);
    this.#emit("gone", { nonce, wasFailed: Boolean(known.failed) });
  }

  #show(post) {
    this.#posts.set(post.nonce, post);
    this.#emit("pending", post);
    if (post.failed) this.#emit("failed", { post, reason: post.failed });
  }

  #whenFound(tell) {
    this.#found().then(tell, () => {}); // without a connection: the next one looks again
  }

  async #fetchFound() {
    const { FoundPosts } = await import("./found_posts.js");
    const found = new FoundPosts(this.#prefix, {
      isHere: (post) => this.#isHere(post),
      knows: ({ nonce }) => this.#posts.has(nonce),
      show: (post) => this.#show(post),
      own: (post) => this.#own(post),
      leave: (post) => this.#leave(post),
    });
    for (const key of this.#older) found.convert(key, { room: this.#room, name: this.#name });
    return found;
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
