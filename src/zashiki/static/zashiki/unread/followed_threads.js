// What is unread in the threads that one follows: kept right by what is said, as docs/wire.md says ("Threads").
//
// Event: "change" when a number may have changed.
const PAUSE = 500; // milliseconds in which deletions are gathered before all threads are asked for again

export class FollowedThreads extends EventTarget {
  #socket;
  #me;
  #asking = 0; // the timer after which all are asked for again
  #known = new Map(); // id of the root -> {head: position of the last reply, unread, isFollowed}

  constructor(socket, me) {
    super();
    this.#socket = socket;
    this.#me = me;
    socket.addEventListener("open", () => this.#fetchSoon());
    socket.addEventListener("event", ({ detail }) => this.#onEvent(detail));
    if (socket.isOpen) this.#fetchSoon();
  }

  // How many have something unread.
  get unreadCount() {
    return [...this.#known.values()].filter(({ isFollowed, unread }) => isFollowed && unread > 0).length;
  }

  // How many replies are unread in a thread.
  unread(root) {
    return this.#known.get(root)?.unread ?? 0;
  }

  // Ask for all of them; resolves to the messages with which they begin, the one with the latest reply first.
  async fetch() {
    const { threads } = await this.#socket.request({ type: "threads" });
    this.#known = new Map(threads.map(({ root, unread }) => [root.id, { head: root.replies?.last_position ?? 0, unread, isFollowed: true }]));
    this.#changed();
    return threads.map(({ root }) => root);
  }

  // Private

  #fetchSoon() {
    this.fetch().catch(() => {}); // lost: the next connection asks
  }

  #onEvent(event) {
    if (event.type === "message") this.#onMessage(event.message);
    else if (event.type === "activity") this.#onActivity(event);
    else if (event.type === "read_state" && event.thread !== null) this.#onRead(event.thread, event.position);
  }

  #onMessage({ id, position, author, mentions, thread, replies, deleted }) {
    if (replies && author.id === this.#me) this.#follow(id);
    if (thread) this.#onReply(thread.id, { position, author: author.id, mentions });
    if (thread && deleted) this.#takenBack(thread.id);
  }

  #onActivity({ messages, deleted }) {
    const mine = new Set(messages.filter(({ author }) => author === this.#me).map(({ position }) => position));
    for (const { thread, ...reply } of messages.toSorted((one, other) => one.position - other.position)) {
      if (!thread) continue;
      if (mine.has(thread.position)) this.#follow(thread.id);
      this.#onReply(thread.id, reply);
      if (deleted.includes(reply.position)) this.#takenBack(thread.id);
    }
  }

  // A reply that was deleted is not unread any more; only the server knows whether it was counted.
  #takenBack(root) {
    const { isFollowed, unread } = this.#getOrAdd(root);
    if (!isFollowed || !unread || this.#asking) return;
    this.#asking = setTimeout(() => {
      this.#asking = 0;
      this.#fetchSoon();
    }, PAUSE);
  }

  // What is told twice, or changes later, counts once.
  #onReply(root, { position, author, mentions }) {
    const thread = this.#getOrAdd(root);
    if (position <= thread.head) return;
    thread.head = position;
    thread.unread = author === this.#me ? 0 : thread.unread + 1;
    thread.isFollowed ||= author === this.#me || mentions.includes(this.#me);
    this.#changed();
  }

  #follow(root) {
    this.#getOrAdd(root).isFollowed = true;
    this.#changed();
  }

  #onRead(root, position) {
    const thread = this.#getOrAdd(root);
    if (position < thread.head) return this.#fetchSoon(); // somebody replied meanwhile
    thread.head = position;
    thread.unread = 0;
    this.#changed();
  }

  #getOrAdd(root) {
    if (!this.#known.has(root)) this.#known.set(root, { head: 0, unread: 0, isFollowed: false });
    return this.#known.get(root);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

// Tell at the button that leads to them how many threads wait.
export function showUnreadThreads(threads, button) {
  const count = button.querySelector("[data-waiting]");
  threads.addEventListener("change", () => {
    count.hidden = threads.unreadCount === 0;
    count.textContent = threads.unreadCount;
    button.ariaDescription = threads.unreadCount ? `${count.dataset.waiting}: ${threads.unreadCount}` : "";
  });
}
