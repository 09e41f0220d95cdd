import { UnreadState } from "./unread/unread_state.js";
import { part } from "./ui/dom.js";
import { loadAvatars } from "./ui/avatars.js";
import { LazyActions } from "./actions/lazy_actions.js";
import { RoomHeader } from "./timeline/room_header.js";
import { Paginator } from "./timeline/paginator.js";
import { heedInputMethods } from "./ui/input_method.js";
import { lazy } from "./ui/lazy.js";
import { MentionCodec } from "./composer/mention_codec.js";
import { Navigation } from "./timeline/navigation.js";
import { RoomList } from "./unread/room_list.js";
import { Scroll } from "./timeline/scroll.js";
import { Subscription } from "./connection/subscription.js";
import { Socket } from "./connection/socket.js";
import { ConnectionStatus } from "./connection/connection_status.js";
import { Timeline } from "./timeline/timeline.js";
import { Today } from "./ui/time.js";
import { ComposeArea } from "./composer/compose_area.js";

// <zashiki-room>: one room, as the server has drawn it, come alive. It brings its parts together and knows none of their secrets.
export class RoomElement extends HTMLElement {
  #socket;
  #subscription;
  #timeline;
  #scroll;
  #history;
  #compose;
  #actions;
  #names = new MentionCodec();
  #navigation;
  #header;
  #status;
  #unread;
  #rooms;
  #today;
  #layout = lazy(() => this.#fetchLayout());
  #threads = lazy(() => this.#fetchThreads()); // null for somebody who follows none
  #participants = lazy(() => this.#fetchParticipants());

  connectedCallback() {
    if (this.#socket) return this.#socket.start(); // moved within the page
    this.#build();
    this.#listen();
    this.#compose.restore();
    this.toggleAttribute("data-ready", true);
    if (this.#navigation.start()) this.#onScroll();
    this.#openThread();
    this.#socket.start();
    loadAvatars(this.dataset.avatars);
    this.#loadExtras();
  }

  disconnectedCallback() {
    this.#socket.stop();
    this.#status.stop();
  }

  // Private

  #build() {
    const { socket, me, meName, pageSize } = this.dataset;
    this.#socket = new Socket(socket);
    this.#subscription = new Subscription(this.#socket, this.dataset);
    this.#timeline = new Timeline(this, part(this, "messages"), { id: me, name: meName });
    this.#timeline.hasMoreBefore = "moreBefore" in this.dataset;
    this.#timeline.hasMoreAfter = "moreAfter" in this.dataset;
    this.#scroll = new Scroll(part(this, "scroller"), part(this, "messages"), () => this.#onScroll());
    this.#history = new Paginator(this, this.#timeline, this.#scroll, (page) => this.#subscription.history(page, Number(pageSize)));
    this.#navigation = new Navigation(this.#timeline, this.#scroll, this.#history);
    this.#status = new ConnectionStatus(part(this, "status"));
    this.#rooms = me.startsWith("u") ? new RoomList(this.#socket, me) : null;
    this.#unread = new UnreadState(this, {
      rooms: this.#rooms,
      subscription: this.#subscription,
      timeline: this.#timeline,
      scroll: this.#scroll,
      goTo: (position) => this.#goTo({ around: position }).catch(() => {}), // without a connection, which the page says
    });
    this.#header = new RoomHeader(this, this.#unread);
    this.#compose = new ComposeArea(this, {
      subscription: this.#subscription,
      timeline: this.#timeline,
      scroll: this.#scroll,
      names: this.#names,
      onPost: () => this.#toNewest(),
      onStored: (message) => this.#onMessage(message),
      onLast: () => this.#editLast(),
    });
    this.#actions = new LazyActions(this, this.#context());
  }

  // What stands around the room comes after it.
  #loadExtras() {
    if ("hasOwnPage" in this.dataset) this.#layout().catch(() => {}); // when the connection is back
    this.#threads().catch(() => {});
  }

  async #fetchLayout() {
    const { PageLayout } = await import("./sidebar/layout.js");
    return new PageLayout(this, this.#socket, this.#rooms, this.#subscription);
  }

  async #fetchThreads() {
    if (!this.#rooms) return null;
    const { FollowedThreads, showUnreadThreads } = await import("./unread/followed_threads.js");
    const threads = new FollowedThreads(this.#socket, this.dataset.me);
    showUnreadThreads(threads, this.querySelector(".z-room-menu"));
    return threads;
  }

  async #fetchParticipants() {
    const { Participants } = await import("./presence/participants.js");
    return new Participants(this, this.#subscription, this.#compose.composer?.field ?? null);
  }

  // What those need who do what a message's buttons say.
  #context() {
    return {
      list: part(this, "messages"),
      subscription: this.#subscription,
      timeline: this.#timeline,
      composer: this.#compose.composer,
      names: this.#names,
      post: (body, replyTo) => this.#compose.post(body, replyTo),
      show: (page) => this.#goTo(page),
      threads: () => this.#threads(),
      unread: (position) => this.#unread.markUnreadFrom(position),
    };
  }

  #listen() {
    heedInputMethods(this);
    this.#today = new Today(() => this.#scroll.change(() => this.#timeline.tellDays()));
    this.#socket.addEventListener("event", ({ detail }) => this.#onOwnEvent(detail));
    this.#socket.addEventListener("disconnected", ({ detail }) => this.#onDisconnected(detail.wait));
    this.#socket.addEventListener("closed", ({ detail }) => this.#status.closed(detail.why));
    this.#subscription.addEventListener("subscribed", () => this.#onSubscribed());
    this.#subscription.addEventListener("reset", ({ detail }) => this.#onReset(detail));
    this.#subscription.addEventListener("message", ({ detail }) => this.#onMessage(detail));
    this.#subscription.addEventListener("room", ({ detail }) => this.#header.show(detail));
    this.#subscription.addEventListener("permissions", ({ detail }) => this.#header.applyPermissions(detail));
    this.#subscription.addEventListener("ephemeral", ({ detail }) => this.#onEphemeral(detail));
    this.#subscription.addEventListener("unsubscribed", () => this.#status.closed("ended"));
    this.#subscription.addEventListener("stranger", () => this.#standDown());
    this.#rooms?.addEventListener("list", () => this.#onListed());
    this.addEventListener("click", (event) => this.#onClick(event));
  }

  // Events

  #onDisconnected(wait) {
    if (wait === null) this.#status.offline();
    else this.#status.disconnected(wait);
  }

  #onSubscribed() {
    this.#status.connected();
    this.#today.look(); // after a sleep
    this.#compose.sendQueued(this.#subscription.room);
    this.#actions.onSubscribed();
    this.#history.watch();
    this.#onScroll();
    this.#loadExtras();
  }

  // What is written on this page is never said by somebody else.
  #standDown() {
    this.#socket.stop();
    this.#status.closed("signed-out");
  }

  #onEphemeral(event) {
    this.#participants().then((company) => company.onEvent(event), () => {}); // felt, never true
  }

  #onReset({ hasMore }) {
    this.#scroll.change(() => {
      this.#timeline.clear();
      this.#timeline.hasMoreBefore = hasMore;
      this.#history.show();
    });
  }

  #onMessage(state) {
    this.#actions.onMessage(state);
    this.#today.look();
    this.#scroll.change(() => {
      const isNew = this.#timeline.apply(state);
      if (isNew) this.#unread.onMessage(state, state.author.id === this.dataset.me);
      if (this.#scroll.isAtEnd) this.#timeline.trimBefore();
      this.#history.show();
    });
    this.#onScroll();
  }

  #onScroll() {
    this.#unread.onScroll();
  }

  async #goTo(page) {
    await this.#navigation.goTo(page);
    this.#onScroll();
  }

  async #toNewest() {
    await this.#history.toNewest().catch(() => this.#scroll.toEnd());
    this.#onScroll();
  }

  #onClick(event) {
    const { target } = event;
    const action = target.closest("[data-action]")?.dataset.action;
    if (target.closest('[data-part="jump-to-newest"]')) this.#toNewest().then(() => this.#compose.composer?.focus());
    else if (action === "connect") this.#socket.connectNow();
    else if (action === "reload") location.reload();
    else if (action === "copy-unsent") this.#copyUnsent(target.closest(".z-message"));
    else if (["retry", "rewrite", "discard"].includes(action)) this.#compose.retryOrDiscard(action, target.closest(".z-message"));
    else if (action) this.#delegate(event, action);
  }

  #copyUnsent(shown) {
    const text = this.#compose.unsentText(shown);
    this.#actions.load().then((actions) => actions.copyText(text), () => {});
  }

  async #delegate(event, action) {
    const button = event.target.closest("[data-action]");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a link to be opened elsewhere
    if (button.matches("a")) event.preventDefault();
    await this.#actions.do(action, button).catch(() => {}); // without a connection nothing can be fetched, which the page says
  }

  async #editLast() {
    const last = this.#timeline.lastOwn();
    if (last) await (await this.#actions.load()).edit(last);
  }

  // A permalink may lead to a reply that is shown in its thread alone.
  #openThread() {
    const thread = Number(new URLSearchParams(location.search).get("thread"));
    if (thread && "hasOwnPage" in this.dataset) this.#subscription.addEventListener("subscribed", () => this.#actions.load().then((actions) => actions.openThread(thread)), { once: true });
  }

  #onOwnEvent(event) {
    if (event.type === "message_saved") this.#actions.onSaved(event);
    else if (event.type === "draft" && event.room === this.#subscription.room) this.#compose.mergeDraft(event.body);
  }

  #onListed() {
    const mine = this.#rooms.get(this.#subscription.room);
    if (mine) this.#compose.mergeDraft(mine.draft);
  }
}
