import { keep, keysWith, load } from "../ui/device_storage.js";
import { tab, whenGone } from "../ui/browser_tab.js";

// Posts on this device that this page has not put there itself: of an earlier visit, or of another tab.
export class FoundPosts {
  #prefix;
  #outbox;
  #awaited = new Set(); // tabs whose posts are inherited when they are gone

  // prefix: how the keys of this person begin; outbox: {isHere, show, own, leave, knows}, each called with a post.
  constructor(prefix, outbox) {
    this.#prefix = prefix;
    this.#outbox = outbox;
  }

  // Show all of them, in the order in which they were typed.
  show() {
    const found = keysWith(this.#prefix).map((key) => this.#kept(key)).filter(Boolean);
    found.sort((one, other) => Date.parse(one.typed_at) - Date.parse(other.typed_at));
    for (const post of found) if (!this.#outbox.knows(post)) this.#show(post);
  }

  // Another tab has changed what is under a key.
  changed(key) {
    const post = this.#kept(key);
    if (post) this.#show(post);
    else if (!load(key)) this.#outbox.leave({ nonce: key.slice(this.#prefix.length) });
  }

  // Posts were kept in one list for each room before each had a key of its own; key: of such a list.
  convert(key, place) {
    for (const each of [load(key)].flat()) {
      const post = asPost(each);
      if (post) keep(this.#prefix + post.nonce, { ...post, ...place });
    }
    keep(key, null);
  }

  // Private

  #show(post) {
    this.#outbox.show(post);
    if (post.tab === tab || this.#awaited.has(post.tab)) return;
    this.#awaited.add(post.tab);
    whenGone(post.tab, () => this.#inherit(post.tab));
  }

  // Another tab may have been quicker.
  #inherit(gone) {
    this.#awaited.delete(gone);
    for (const key of keysWith(this.#prefix)) {
      const post = this.#kept(key);
      if (post?.tab === gone) this.#outbox.own(post);
    }
  }

  // As it is kept under a key; null when it is not of this room.
  #kept(key) {
    const post = asPost(load(key));
    return post && key === this.#prefix + post.nonce && this.#outbox.isHere(post) ? post : null;
  }
}

// Returns null for what is no post: the storage may hold anything.
function asPost(value) {
  if (typeof value?.body !== "string" || typeof value.nonce !== "string") return null;
  const { nonce, body, reply_to, typed_at, failed, room, name, tab } = value;
  return {
    nonce,
    body,
    reply_to: typeof reply_to?.author?.name === "string" ? reply_to : null,
    typed_at: Number.isNaN(Date.parse(typed_at)) ? new Date().toISOString() : typed_at,
    failed: typeof failed === "string" ? failed : null,
    room: Number.isInteger(room) ? room : null,
    name: typeof name === "string" && name ? name : null,
    tab: typeof tab === "string" ? tab : null,
  };
}
