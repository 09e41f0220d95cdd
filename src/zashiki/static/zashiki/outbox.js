const TRANSIENT = new Set(["lost", "not_seated"]); // worth nothing but waiting for the next connection

// Posts that are not known to be stored. They outlive reloads; their nonce makes sending them twice safe.
//
// Events: "pale" (detail: post) when one is on its way, "failed" (detail: {post, reason}), "stored" (detail: message).
export class Outbox extends EventTarget {
  #key;
  #send;
  #posts;
  #sending = new Set();

  // owner: whose posts, in which room; send: posts {body, nonce} and resolves to the stored message.
  constructor(owner, send) {
    super();
    this.#key = `zashiki.outbox.${owner}`;
    this.#send = send;
    this.#posts = this.#kept();
  }

  // Take a text on, and send it if that is possible now; reply_to: {id, position, author} of what it answers, or null.
  post(body, reply_to = null) {
    const post = { nonce: newNonce(), body, reply_to, typed_at: new Date().toISOString() };
    this.#posts.push(post);
    this.#keep();
    this.#say("pale", post);
    this.#try(post);
  }

  // Say again what is kept from an earlier visit.
  recall() {
    for (const post of this.#posts) {
      this.#say("pale", post);
      if (post.failed) this.#say("failed", { post, reason: post.failed });
    }
  }

  // There is a connection: send what waits for one.
  resume() {
    for (const post of this.#posts) if (!post.failed) this.#try(post);
  }

  again(nonce) {
    const post = this.#find(nonce);
    if (!post) return;
    delete post.failed;
    this.#keep();
    this.#say("pale", post);
    this.#try(post);
  }

  discard(nonce) {
    this.#posts = this.#posts.filter((post) => post.nonce !== nonce);
    this.#keep();
  }

  // Private

  async #try(post) {
    if (this.#sending.has(post.nonce)) return;
    this.#sending.add(post.nonce);
    try {
      const message = await this.#send(post);
      this.discard(post.nonce);
      this.#say("stored", message);
    } catch (error) {
      this.#refused(post, error);
    } finally {
      this.#sending.delete(post.nonce);
    }
  }

  #refused(post, error) {
    if (TRANSIENT.has(error.code) || !this.#find(post.nonce)) return;
    post.failed = error.code ?? "error";
    this.#keep();
    this.#say("failed", { post, reason: post.failed });
  }

  #find(nonce) {
    return this.#posts.find((post) => post.nonce === nonce);
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]");
    } catch {
      return [];
    }
  }

  #keep() {
    try {
      if (this.#posts.length) localStorage.setItem(this.#key, JSON.stringify(this.#posts));
      else localStorage.removeItem(this.#key);
    } catch {
      // full or closed: the posts live as long as the page
    }
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

// randomUUID exists on secure origins only; a house in a local network may have none.
export function newNonce() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
