import { Composer } from "./composer.js";
import { part } from "./dom.js";
import { Draft } from "./draft.js";
import { wear } from "./faces.js";
import { Head } from "./head.js";
import { History } from "./history.js";
import { Outbox } from "./outbox.js";
import { Scroll } from "./scroll.js";
import { Sitting } from "./sitting.js";
import { Socket } from "./socket.js";
import { Status } from "./status.js";
import { Timeline } from "./timeline.js";
import { Unseen } from "./unseen.js";

// <zashiki-room>: one room, as the server has drawn it, come alive. It brings its parts together and knows none of their secrets.
export class RoomElement extends HTMLElement {
  #socket;
  #sitting;
  #timeline;
  #scroll;
  #history;
  #outbox;
  #composer = null;
  #head;
  #status;
  #unseen;

  connectedCallback() {
    if (this.#socket) return this.#socket.start(); // moved within the page
    this.#build();
    this.#listen();
    this.#outbox.recall();
    this.#scroll.toEnd();
    this.toggleAttribute("data-ready", true);
    this.#socket.start();
    wear(this.dataset.faces);
  }

  disconnectedCallback() {
    this.#socket.stop();
    this.#status.stop();
  }

  // Private

  #build() {
    const { socket, me, meName, room, name, pageSize } = this.dataset;
    const owner = `${socket}.${room || name}.${me}`;
    this.#socket = new Socket(socket);
    this.#sitting = new Sitting(this.#socket, this.dataset);
    this.#timeline = new Timeline(this, part(this, "messages"), { id: me, name: meName });
    this.#timeline.hasMoreBefore = "moreBefore" in this.dataset;
    this.#scroll = new Scroll(part(this, "scroller"), part(this, "messages"), () => this.#moved());
    this.#history = new History(this, this.#timeline, this.#scroll, (page) => this.#sitting.history(page, Number(pageSize)));
    this.#outbox = new Outbox(owner, (post) => this.#sitting.post(post));
    this.#head = new Head(this, "hasOwnPage" in this.dataset);
    this.#status = new Status(part(this, "status"));
    this.#unseen = new Unseen(part(this, "new"), "hasOwnPage" in this.dataset);
    this.#writeAs(owner);
  }

  #writeAs(owner) {
    const form = part(this, "composer");
    if (!form) return;
    const post = (body) => this.#post(body);
    this.#composer = new Composer(form, part(this, "over"), Number(this.dataset.bodyLimit), new Draft(owner), post);
    if ("hasOwnPage" in this.dataset && matchMedia("(hover: hover)").matches) this.#composer.focus();
  }

  #listen() {
    this.#socket.addEventListener("lost", ({ detail }) => this.#lost(detail.wait));
    this.#socket.addEventListener("ended", ({ detail }) => this.#status.ended(detail.why));
    this.#sitting.addEventListener("seated", () => this.#seated());
    this.#sitting.addEventListener("anew", ({ detail }) => this.#beginAnew(detail));
    this.#sitting.addEventListener("message", ({ detail }) => this.#show(detail));
    this.#sitting.addEventListener("room", ({ detail }) => this.#head.show(detail));
    this.#sitting.addEventListener("can", ({ detail }) => this.#head.allow(detail));
    this.#sitting.addEventListener("left", () => this.#status.ended("ended"));
    this.#outbox.addEventListener("pale", ({ detail }) => this.#showPale(detail));
    this.#outbox.addEventListener("stored", ({ detail }) => this.#show(detail));
    this.#outbox.addEventListener("failed", ({ detail }) => this.#showFailed(detail));
    this.addEventListener("click", (event) => this.#clicked(event));
  }

  // Events

  #lost(wait) {
    if (wait === null) this.#status.offline();
    else this.#status.lost(wait);
  }

  #seated() {
    this.#status.good();
    this.#outbox.resume();
    this.#history.watch();
  }

  #beginAnew({ hasMore }) {
    this.#scroll.change(() => {
      this.#timeline.clear();
      this.#timeline.hasMoreBefore = hasMore;
      this.#history.show();
    });
  }

  #show(state) {
    this.#scroll.change(() => {
      const isNew = this.#timeline.apply(state);
      if (isNew && state.author.id !== this.dataset.me) this.#unseen.add(this.#scroll.isAtEnd);
      if (this.#scroll.isAtEnd) this.#timeline.trimBefore();
      this.#history.show();
    });
    this.#moved();
  }

  #showPale(post) {
    const shown = this.#timeline.paleOf(post.nonce);
    this.#scroll.change(() => (shown ? shown.pale() : this.#timeline.showPale(post)));
  }

  #showFailed({ post, reason }) {
    this.#scroll.change(() => this.#timeline.paleOf(post.nonce)?.fail(reason));
  }

  #moved() {
    this.#unseen.show(this.#scroll.isAtEnd && !this.#timeline.isCut);
  }

  async #post(body) {
    this.#outbox.post(body);
    await this.#toNewest();
  }

  async #toNewest() {
    await this.#history.toNewest().catch(() => this.#scroll.toEnd());
    this.#moved();
  }

  #clicked({ target }) {
    const action = target.closest("[data-action]")?.dataset.action;
    const shown = target.closest(".z-message");
    if (target.closest('[data-part="new"]')) this.#toNewest().then(() => this.#composer?.focus());
    else if (action === "connect") this.#socket.connectNow();
    else if (action === "reload") location.reload();
    else if (action && shown) this.#decide(action, this.#timeline.paleAt(shown));
  }

  #decide(action, message) {
    this.#composer?.focus(); // the button that was pressed is about to go
    if (action === "again") return this.#outbox.again(message.nonce);
    this.#outbox.discard(message.nonce);
    this.#scroll.change(() => this.#timeline.discard(message.nonce));
  }
}
