import { Composer } from "./composer.js";
import { part } from "../ui/dom.js";
import { Draft } from "./draft.js";
import { Outbox } from "./outbox.js";

const STORED = 3_000; // milliseconds in which a post that another tab has sent is heard of

// What one writes in a room: the draft in the composer, and the posts that are on their way.
export class ComposeArea {
  #timeline;
  #scroll;
  #onPost;
  #outbox;
  #draft = null;
  #composer = null;
  #unkept;

  // names: of whom is spoken to; onPost: called when something was sent; onStored: with the message, when it is stored;
  // onLast: when one wants to edit one's last message.
  constructor(room, { subscription, timeline, scroll, names, onPost, onStored, onLast }) {
    const { socket, me, name } = room.dataset;
    const place = { socket, me, room: subscription.room, name };
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#outbox = new Outbox(place, (post) => subscription.post(post));
    this.#onPost = onPost;
    this.#unkept = part(room, "unkept");
    this.#listen(onStored);
    const form = part(room, "composer");
    if (!form) return;
    this.#draft = new Draft(place, {
      send: (body) => subscription.request("draft", { body }),
      whenCalm: (change) => (this.#composer ? this.#composer.whenCalm(change) : change()),
      onChange: (body) => this.#composer.showDraft(body),
    });
    this.#composer = new Composer(form, {
      over: part(room, "length"),
      limit: () => subscription.bodyLimit,
      draft: this.#draft,
      names,
      onPost: (body) => this.post(body),
      onLast,
    });
    this.#composer.field.addEventListener("input", () => this.#tellKept());
    if ("hasOwnPage" in room.dataset && matchMedia("(hover: hover)").matches) this.#composer.focus();
  }

  // Where one writes; null for somebody who may not.
  get composer() {
    return this.#composer;
  }

  // Send a text; replyTo: {id, position, author} of what it answers, or null.
  post(body, replyTo = null) {
    this.#outbox.post(body, replyTo);
    return this.#onPost();
  }

  // Show what an earlier visit has left unsent.
  restore() {
    this.#outbox.restore();
  }

  // Commands are heard in the room of this id, which a new one has only now: send what waits.
  sendQueued(room) {
    this.#draft?.settle(room);
    this.#composer?.refresh(); // the limit may be another
    this.#outbox.sendQueued(room);
  }

  // This person's draft as the server has it.
  mergeDraft(body) {
    this.#draft?.mergeFromServer(body);
  }

  // The text of a post that is not stored; shown: its element.
  unsentText(shown) {
    return this.#outbox.bodyOf(this.#timeline.pendingAt(shown).nonce);
  }

  // A post that waits or failed: "retry" it, "rewrite" it in the composer, or "discard" it; shown: its element.
  retryOrDiscard(action, shown) {
    const { nonce } = this.#timeline.pendingAt(shown);
    this.#composer?.focus(); // the button that was pressed is about to go
    if (action === "retry") return this.#outbox.retry(nonce);
    if (action === "rewrite") {
      if (!this.#composer) return; // there is nowhere to write it again: it stays as it is
      this.#composer.bringBack(this.#outbox.bodyOf(nonce));
    }
    this.#outbox.discard(nonce);
    this.#discard(nonce);
  }

  // Private

  #listen(onStored) {
    this.#outbox.addEventListener("pending", ({ detail }) => this.#showPending(detail));
    this.#outbox.addEventListener("stored", ({ detail }) => onStored(detail));
    this.#outbox.addEventListener("waiting", ({ detail }) => this.#showWaiting(detail));
    this.#outbox.addEventListener("failed", ({ detail }) => this.#showFailed(detail));
    this.#outbox.addEventListener("gone", ({ detail }) => this.#showGone(detail));
    this.#outbox.addEventListener("kept", () => this.#tellKept());
    addEventListener("beforeunload", (event) => this.#unkept?.hidden === false && event.preventDefault());
  }

  // Say so while something lives as long as the page only.
  #tellKept() {
    if (this.#unkept) this.#unkept.hidden = this.#outbox.isKept && (this.#draft?.isKept ?? true);
  }

  // What was sent is heard of by its nonce, and stays where it is; what was not is discarded.
  #showGone({ nonce, wasFailed }) {
    setTimeout(() => this.#discard(nonce), wasFailed ? 0 : STORED);
  }

  #discard(nonce) {
    if (this.#timeline.pendingByNonce(nonce)) this.#scroll.change(() => this.#timeline.discard(nonce));
  }

  #showPending(post) {
    const shown = this.#timeline.pendingByNonce(post.nonce);
    this.#scroll.change(() => (shown ? shown.pending() : this.#timeline.addPending(post)));
  }

  #showWaiting({ post, reason }) {
    this.#scroll.change(() => this.#timeline.pendingByNonce(post.nonce)?.wait(reason));
  }

  #showFailed({ post, reason }) {
    this.#scroll.change(() => this.#timeline.pendingByNonce(post.nonce)?.fail(reason));
  }
}
