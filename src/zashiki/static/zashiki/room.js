import { Attention } from "./attention.js";
import { part } from "./dom.js";
import { wear } from "./faces.js";
import { Hands } from "./hands.js";
import { Head } from "./head.js";
import { History } from "./history.js";
import { heedInputMethods } from "./input_method.js";
import { late } from "./late.js";
import { Names } from "./names.js";
import { Place } from "./place.js";
import { Rooms } from "./rooms.js";
import { Scroll } from "./scroll.js";
import { Sitting } from "./sitting.js";
import { Socket } from "./socket.js";
import { Status } from "./status.js";
import { Timeline } from "./timeline.js";
import { Today } from "./time.js";
import { Writing } from "./writing.js";

// <zashiki-room>: one room, as the server has drawn it, come alive. It brings its parts together and knows none of their secrets.
export class RoomElement extends HTMLElement {
  #socket;
  #sitting;
  #timeline;
  #scroll;
  #history;
  #writing;
  #hands;
  #names = new Names();
  #place;
  #head;
  #status;
  #attention;
  #rooms;
  #today;
  #house = late(() => this.#fetchHouse());
  #threads = late(() => this.#fetchThreads()); // null for somebody who follows none
  #company = late(() => this.#fetchCompany());

  connectedCallback() {
    if (this.#socket) return this.#socket.start(); // moved within the page
    this.#build();
    this.#listen();
    this.#writing.recall();
    this.toggleAttribute("data-ready", true);
    if (this.#place.begin()) this.#moved();
    this.#openThread();
    this.#socket.start();
    wear(this.dataset.faces);
    this.#furnish();
  }

  disconnectedCallback() {
    this.#socket.stop();
    this.#status.stop();
  }

  // Private

  #build() {
    const { socket, me, meName, pageSize } = this.dataset;
    this.#socket = new Socket(socket);
    this.#sitting = new Sitting(this.#socket, this.dataset);
    this.#timeline = new Timeline(this, part(this, "messages"), { id: me, name: meName });
    this.#timeline.hasMoreBefore = "moreBefore" in this.dataset;
    this.#timeline.isCut = "moreAfter" in this.dataset;
    this.#scroll = new Scroll(part(this, "scroller"), part(this, "messages"), () => this.#moved());
    this.#history = new History(this, this.#timeline, this.#scroll, (page) => this.#sitting.history(page, Number(pageSize)));
    this.#place = new Place(this.#timeline, this.#scroll, this.#history);
    this.#status = new Status(part(this, "status"));
    this.#rooms = me.startsWith("u") ? new Rooms(this.#socket, me) : null;
    this.#attention = new Attention(this, {
      rooms: this.#rooms,
      sitting: this.#sitting,
      timeline: this.#timeline,
      scroll: this.#scroll,
      goTo: (position) => this.#goTo({ around: position }).catch(() => {}), // without a connection, which the page says
    });
    this.#head = new Head(this, this.#attention);
    this.#writing = new Writing(this, {
      sitting: this.#sitting,
      timeline: this.#timeline,
      scroll: this.#scroll,
      names: this.#names,
      onPost: () => this.#toNewest(),
      onStored: (message) => this.#show(message),
      onLast: () => this.#editLast(),
    });
    this.#hands = new Hands(this, this.#desk());
  }

  // What stands around the room comes after it.
  #furnish() {
    if ("hasOwnPage" in this.dataset) this.#house().catch(() => {}); // when the connection is back
    this.#threads().catch(() => {});
  }

  async #fetchHouse() {
    const { House } = await import("./house.js");
    return new House(this, this.#socket, this.#rooms, this.#sitting);
  }

  async #fetchThreads() {
    if (!this.#rooms) return null;
    const { Threads, tellWaiting } = await import("./threads.js");
    const threads = new Threads(this.#socket, this.dataset.me);
    tellWaiting(threads, this.querySelector(".z-room-menu"));
    return threads;
  }

  async #fetchCompany() {
    const { Company } = await import("./company.js");
    return new Company(this, this.#sitting, this.#writing.composer?.field ?? null);
  }

  // What those need who do what a message's buttons say.
  #desk() {
    return {
      list: part(this, "messages"),
      sitting: this.#sitting,
      timeline: this.#timeline,
      composer: this.#writing.composer,
      names: this.#names,
      post: (body, replyTo) => this.#writing.post(body, replyTo),
      show: (page) => this.#goTo(page),
      threads: () => this.#threads(),
      unread: (position) => this.#attention.keepFrom(position),
    };
  }

  #listen() {
    heedInputMethods(this);
    this.#today = new Today(() => this.#scroll.change(() => this.#timeline.tellDays()));
    this.#socket.addEventListener("event", ({ detail }) => this.#heardOwn(detail));
    this.#socket.addEventListener("lost", ({ detail }) => this.#lost(detail.wait));
    this.#socket.addEventListener("ended", ({ detail }) => this.#status.ended(detail.why));
    this.#sitting.addEventListener("seated", () => this.#seated());
    this.#sitting.addEventListener("anew", ({ detail }) => this.#beginAnew(detail));
    this.#sitting.addEventListener("message", ({ detail }) => this.#show(detail));
    this.#sitting.addEventListener("room", ({ detail }) => this.#head.show(detail));
    this.#sitting.addEventListener("can", ({ detail }) => this.#head.allow(detail));
    this.#sitting.addEventListener("felt", ({ detail }) => this.#feel(detail));
    this.#sitting.addEventListener("left", () => this.#status.ended("ended"));
    this.#sitting.addEventListener("stranger", () => this.#standDown());
    this.#rooms?.addEventListener("list", () => this.#listed());
    this.addEventListener("click", (event) => this.#clicked(event));
  }

  // Events

  #lost(wait) {
    if (wait === null) this.#status.offline();
    else this.#status.lost(wait);
  }

  #seated() {
    this.#status.good();
    this.#today.look(); // after a sleep
    this.#writing.resume(this.#sitting.room);
    this.#hands.seated();
    this.#history.watch();
    this.#moved();
    this.#furnish();
  }

  // What is written on this page is never said by somebody else.
  #standDown() {
    this.#socket.stop();
    this.#status.ended("signed-out");
  }

  #feel(event) {
    this.#company().then((company) => company.feel(event), () => {}); // felt, never true
  }

  #beginAnew({ hasMore }) {
    this.#scroll.change(() => {
      this.#timeline.clear();
      this.#timeline.hasMoreBefore = hasMore;
      this.#history.show();
    });
  }

  #show(state) {
    this.#hands.heard(state);
    this.#today.look();
    this.#scroll.change(() => {
      const isNew = this.#timeline.apply(state);
      if (isNew) this.#attention.heard(state, state.author.id === this.dataset.me);
      if (this.#scroll.isAtEnd) this.#timeline.trimBefore();
      this.#history.show();
    });
    this.#moved();
  }

  #moved() {
    this.#attention.moved();
  }

  async #goTo(page) {
    await this.#place.goTo(page);
    this.#moved();
  }

  async #toNewest() {
    await this.#history.toNewest().catch(() => this.#scroll.toEnd());
    this.#moved();
  }

  #clicked(event) {
    const { target } = event;
    const action = target.closest("[data-action]")?.dataset.action;
    if (target.closest('[data-part="new"]')) this.#toNewest().then(() => this.#writing.composer?.focus());
    else if (action === "connect") this.#socket.connectNow();
    else if (action === "reload") location.reload();
    else if (["again", "rewrite", "discard"].includes(action)) this.#writing.decide(action, target.closest(".z-message"));
    else if (action) this.#handOver(event, action);
  }

  async #handOver(event, action) {
    const button = event.target.closest("[data-action]");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a link to be opened elsewhere
    if (button.matches("a")) event.preventDefault();
    await this.#hands.do(action, button).catch(() => {}); // without a connection nothing can be fetched, which the page says
  }

  async #editLast() {
    const last = this.#timeline.lastOwn();
    if (last) await (await this.#hands.reach()).edit(last);
  }

  // A permalink may lead to a reply that is shown in its thread alone.
  #openThread() {
    const thread = Number(new URLSearchParams(location.search).get("thread"));
    if (thread && "hasOwnPage" in this.dataset) this.#sitting.addEventListener("seated", () => this.#hands.reach().then((deeds) => deeds.thread(thread)), { once: true });
  }

  #heardOwn(event) {
    if (event.type === "saved") this.#hands.saved(event);
    else if (event.type === "draft" && event.room === this.#sitting.room) this.#writing.takeDraft(event.body);
  }

  #listed() {
    const mine = this.#rooms.get(this.#sitting.room);
    if (mine) this.#writing.takeDraft(mine.draft);
  }
}
