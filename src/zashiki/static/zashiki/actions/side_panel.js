import { cloneTemplate, part } from "../ui/dom.js";
import { Message } from "../timeline/message.js";
import { ThreadForm } from "./thread_form.js";
import { formatFull } from "../ui/time.js";

// Beside the room: a thread, or a list of messages. Escape and its button close it, and the focus goes back where it was.
export class SidePanel {
  #room;
  #subscription;
  #actions;
  #threads;
  #element;
  #list;
  #form;
  #kind = null;
  #thread = null; // id of the root that is shown
  #shown = new Map(); // id -> Message
  #from = null;
  #opened = 0; // how often; what was asked for an earlier time is not shown any more

  // threads: as Threads, or null for somebody who follows none.
  constructor(room, subscription, actions, threads) {
    this.#room = room;
    this.#subscription = subscription;
    this.#actions = actions;
    this.#threads = threads;
    this.#element = part(room, "panel");
    this.#list = part(this.#element, "panel-list");
    this.#form = new ThreadForm(part(this.#element, "panel-form"), {
      post: (post) => this.#post(post),
      onRefused: (code) => actions.showToast(code),
      over: part(this.#element, "panel-over"),
      write: (text) => actions.names.encode(text),
      limit: () => subscription.bodyLimit,
    });
    part(this.#element, "panel-close").addEventListener("click", () => this.close());
    this.#element.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.close());
    this.#element.addEventListener("click", ({ target }) => this.#onClick(target));
    threads?.addEventListener("change", () => this.#kind === "threads" && this.#showUnread());
  }

  get field() {
    return this.#form.field;
  }

  // The message that an element in here shows, or null.
  messageAt(element) {
    const message = this.#shown.get(Number(element.dataset.id));
    return message?.element === element ? message : null;
  }

  // The thread that begins with a message.
  async openThread(root) {
    const opened = this.#open("thread");
    this.#thread = root;
    const [{ messages }, { messages: replies }] = await this.#request(
      this.#subscription.request("messages", { ids: [root] }),
      this.#subscription.request("history", { thread: root, limit: 200 }),
    );
    if (this.#opened !== opened) return;
    this.#form.show(this.#actions.isOffered({ dataset: { writes: "" } }));
    for (const state of [...messages, ...replies]) this.#update(state);
    this.#list.lastElementChild?.scrollIntoView({ block: "nearest" });
    this.#markRead();
    if (this.#form.isShown) this.field.focus();
  }

  // The room's pinned messages, or what one has saved: "pins" or "saved".
  async openMessages(kind) {
    const opened = this.#open(kind);
    const [{ messages }] = await this.#request(this.#subscription.request(kind, {}));
    if (this.#opened === opened) this.#addAll(messages);
  }

  // The threads that one follows.
  async openThreads() {
    const opened = this.#open("threads");
    const [roots] = await this.#request(this.#threads.fetch());
    if (this.#opened === opened) this.#addAll(roots);
  }

  // What a message said before it was edited.
  async openRevisions(id) {
    const opened = this.#open("revisions");
    const [{ revisions }] = await this.#request(this.#subscription.request("revisions", { message: id }));
    if (this.#opened !== opened) return;
    for (const { html, written_at } of revisions) {
      const entry = cloneTemplate(this.#room, "revision");
      entry.querySelector("time").dateTime = written_at;
      entry.querySelector("time").textContent = formatFull(new Date(written_at));
      entry.querySelector(".z-body").innerHTML = html; // cleaned by the server
      this.#list.append(entry);
    }
    this.#showIfEmpty();
  }

  // A message is now in this state.
  onMessage(state) {
    if (this.#element.hidden) return;
    const isOfThread = this.#thread !== null && (state.id === this.#thread || state.thread?.id === this.#thread);
    if (!isOfThread && !this.#shown.has(state.id)) return;
    if (this.#kind === "pins" && !state.pinned) return this.#remove(state.id);
    this.#update(state);
    if (isOfThread) this.#markRead();
  }

  // One keeps a message, or has let it go.
  onSaved({ message, on }) {
    if (this.#kind === "saved" && !on) this.#remove(message);
  }

  close() {
    const hadFocus = this.#element.contains(document.activeElement);
    this.#element.hidden = true;
    this.#opened++;
    this.#kind = this.#thread = null;
    if (hadFocus) (this.#from?.isConnected ? this.#from : this.#room.querySelector(".z-room-menu"))?.focus();
  }

  // Private

  #open(kind) {
    if (this.#element.hidden) this.#from = document.activeElement;
    this.#kind = this.#element.dataset.kind = kind;
    this.#thread = null;
    this.#shown.clear();
    this.#list.replaceChildren();
    this.#form.show(false);
    this.#element.hidden = false;
    for (const title of this.#element.querySelectorAll("[data-title]")) {
      title.hidden = title.dataset.title !== kind;
      if (!title.hidden) this.#element.ariaLabel = title.textContent;
    }
    this.#showIfEmpty(true);
    part(this.#element, "panel-close").focus();
    return ++this.#opened;
  }

  // What was asked for; the panel is closed again when it does not come.
  async #request(...answers) {
    this.#list.ariaBusy = "true";
    try {
      return await Promise.all(answers);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.#list.ariaBusy = "false";
    }
  }

  #update(state) {
    const known = this.#shown.get(state.id);
    if (known) return known.version < state.version && this.#refresh(known, state);
    const message = this.#add(state);
    if (state.author.id === this.#room.dataset.me) message.element.scrollIntoView({ block: "nearest" });
  }

  #refresh(message, state) {
    message.show(state);
    message.element.toggleAttribute("data-mine", state.author.id === this.#room.dataset.me);
  }

  #add(state) {
    const message = Message.fromState(this.#room, state);
    message.element.toggleAttribute("data-mine", state.author.id === this.#room.dataset.me);
    message.element.tabIndex = this.#kind === "thread" ? 0 : -1;
    this.#shown.set(state.id, message);
    this.#list.append(message.element);
    return message;
  }

  #remove(id) {
    const { element } = this.#shown.get(id) ?? {};
    if (!element) return;
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    this.#shown.delete(id);
    this.#showIfEmpty();
    if (hadFocus) (this.#list.querySelector("button") ?? part(this.#element, "panel-close")).focus();
  }

  #addAll(states) {
    for (const state of states) {
      const { element } = this.#add(state);
      const foot = cloneTemplate(this.#room, "entry");
      const isHere = state.room === this.#subscription.room;
      part(foot, "entry-room").textContent = isHere ? "" : titleOf(state.room);
      for (const button of foot.querySelectorAll("button")) {
        button.hidden = button.dataset.of !== this.#kind && (button.dataset.of !== "any" || this.#kind === "threads");
        if (button.dataset.action && !isHere) button.hidden = true; // it is done where one sits
      }
      element.append(foot);
    }
    this.#showUnread();
    this.#showIfEmpty();
  }

  #showUnread() {
    for (const [id, { element }] of this.#shown) {
      const unread = this.#kind === "threads" ? (this.#threads?.unread(id) ?? 0) : 0;
      const count = part(element, "entry-unread");
      count.hidden = unread === 0;
      count.querySelector("b").textContent = unread;
    }
  }

  #showIfEmpty(isLoading = false) {
    for (const empty of this.#element.querySelectorAll("[data-empty]")) {
      empty.hidden = isLoading || empty.dataset.empty !== this.#kind || this.#list.childElementCount > 0;
    }
  }

  #markRead() {
    const position = Math.max(...[...this.#shown.values()].map((message) => message.position));
    this.#subscription.request("mark_read", { position, thread: this.#thread }).catch(() => {}); // told again with the next reply
  }

  #onClick(target) {
    if (!target.closest("[data-open]")) return;
    const message = this.#shown.get(Number(target.closest(".z-message").dataset.id));
    if (message.room !== this.#subscription.room) return this.#actions.goToPosition(message.position, message.room);
    if (this.#kind === "threads") return this.#actions.openThread(message.id);
    if (!message.isInRoom) return this.#actions.openThread(message.root);
    if (matchMedia("(max-width: 64rem)").matches) this.close();
    return this.#actions.goToPosition(message.position);
  }

  async #post(post) {
    const thread = this.#thread;
    const { message } = await this.#subscription.request("post", { ...post, thread });
    if (this.#thread === thread) this.#update(message);
  }
}

// Of a room in the list beside this one.
function titleOf(room) {
  return document.querySelector(`li[data-room="${room}"] .z-room-name`)?.textContent ?? "";
}
