import { Composer } from "./composer.js";
import { part } from "./dom.js";
import { Draft } from "./draft.js";
import { Outbox } from "./outbox.js";

// What one writes in a room: the draft in the composer, and the posts that are on their way.
export class Writing {
  #timeline;
  #scroll;
  #onPost;
  #outbox;
  #draft = null;
  #composer = null;

  // names: of whom is spoken to; onPost: called when something was sent; onStored: with the message, when it is stored;
  // onLast: when one wants to edit one's last message.
  constructor(room, { sitting, timeline, scroll, names, onPost, onStored, onLast }) {
    const { socket, me, room: id, name, bodyLimit } = room.dataset;
    const owner = `${socket}.${id || name}.${me}`;
    this.#timeline = timeline;
    this.#scroll = scroll;
    this.#outbox = new Outbox(owner, (post) => sitting.post(post));
    this.#onPost = onPost;
    this.#listen(onStored);
    const form = part(room, "composer");
    if (!form) return;
    this.#draft = new Draft(owner, (body) => sitting.ask("draft", { body }));
    this.#composer = new Composer(form, {
      over: part(room, "over"),
      limit: Number(bodyLimit),
      draft: this.#draft,
      names,
      onPost: (body) => this.post(body),
      onLast,
    });
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
  recall() {
    this.#outbox.recall();
  }

  // Commands are heard: send what waits.
  resume() {
    this.#outbox.resume();
  }

  // This person's draft as the server has it.
  takeDraft(body) {
    this.#composer?.showDraft(this.#draft.heard(body));
  }

  // Send a post that failed "again", or "discard" it; shown: its element.
  decide(action, shown) {
    const { nonce } = this.#timeline.paleAt(shown);
    this.#composer?.focus(); // the button that was pressed is about to go
    if (action === "again") return this.#outbox.again(nonce);
    this.#outbox.discard(nonce);
    this.#scroll.change(() => this.#timeline.discard(nonce));
  }

  // Private

  #listen(onStored) {
    this.#outbox.addEventListener("pale", ({ detail }) => this.#showPale(detail));
    this.#outbox.addEventListener("stored", ({ detail }) => onStored(detail));
    this.#outbox.addEventListener("failed", ({ detail }) => this.#showFailed(detail));
  }

  #showPale(post) {
    const shown = this.#timeline.paleOf(post.nonce);
    this.#scroll.change(() => (shown ? shown.pale() : this.#timeline.showPale(post)));
  }

  #showFailed({ post, reason }) {
    this.#scroll.change(() => this.#timeline.paleOf(post.nonce)?.fail(reason));
  }
}
