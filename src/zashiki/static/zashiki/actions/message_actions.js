import { cloneTemplate, part } from "../ui/dom.js";
import { Menu } from "../ui/menu.js";
import { rove } from "../ui/roving_tabindex.js";

const UNDO_TIME = 5_000; // milliseconds in which a deletion can be taken back
const SHOWN_MESSAGES = ':is(.z-messages, .z-panel[data-kind="thread"] .z-panel-list) > .z-message[data-id]';
const TAP_MARGIN = 44; // pixels from a message's end
const KEYS = { r: "reply", t: "thread", e: "edit", Delete: "delete" }; // while a message has the focus

// What can be done with a message: a bar at the one that is pointed at or has the focus, and a menu with all of it.
export class MessageActions {
  #room;
  #actions;
  #bar;
  #menu;
  #saved = null; // a promise of the ids of the messages that one keeps
  #pendingDeletes = new Map(); // id -> timer of a deletion that can still be taken back

  constructor(room, actions) {
    this.#room = room;
    this.#actions = actions;
    this.#bar = cloneTemplate(room, "actions");
    this.#menu = new Menu(part(room, "message-menu"), (action) => this.do(action, this.#bar));
    rove(this.#bar, "button", ["ArrowLeft", "ArrowRight"]);
    addEventListener("pagehide", () => this.#commitDeletes());
  }

  // A message was pointed at, got the focus, or was tapped.
  onPointerOrFocus({ type, target, clientX }) {
    const element = target.closest?.(SHOWN_MESSAGES);
    if (element && type === "click") return this.#onTap(element, target, clientX);
    if (!element || element.contains(this.#bar) || this.#menu.isOpen) return;
    if (element.hasAttribute("data-deleted") || element.dataset.state) return;
    if (this.#bar.contains(document.activeElement) && !element.contains(document.activeElement)) return;
    for (const button of this.#bar.querySelectorAll("button")) button.hidden = !this.#isOffered(button, element);
    element.append(this.#bar);
  }

  // A key was pressed at a message or inside of it.
  onKeydown(event) {
    const element = event.target.closest?.(SHOWN_MESSAGES);
    if (!element) return;
    if (event.target !== element) return event.key === "Escape" && !event.target.closest("[popover]") && element.focus();
    if (event.key in KEYS) this.#keyAction(KEYS[event.key], element);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.#move(element, event.key === "ArrowUp");
    else if (event.key === "Enter") this.do("menu", this.#bar.querySelector('[data-action="menu"]'));
  }

  // Do what a button says that belongs to a message.
  do(action, button) {
    const element = button.closest(".z-message");
    const message = this.#actions.messageAt(element);
    if (!message) return;
    const { id, position } = message;
    const { dataset } = button;
    const actions = {
      menu: () => this.#open(button, element, id),
      react: () => this.#actions.request("react", { message: id, emoji: dataset.emoji, on: button.ariaPressed !== "true" }),
      "pick-emoji": () => this.#actions.pickEmoji(this.#anchor(element), (emoji) => this.#actions.request("react", { message: id, emoji, on: true })),
      reply: () => this.#actions.reply(message),
      thread: () => this.#actions.openThread(Number(dataset.root) || message.root || id),
      "go-to-quote": () => this.#actions.goToPosition(Number(dataset.at)),
      revisions: () => this.#actions.openRevisions(id),
      edit: () => this.#actions.edit(message),
      delete: () => this.#delete(element, id),
      undo: () => this.#undo(element, id),
      pin: () => this.#actions.request("pin", { message: id, on: true }).then((answer) => answer && this.#actions.showToast("pinned")),
      unpin: () => this.#actions.request("pin", { message: id, on: false }).then((answer) => answer && this.#actions.showToast("unpinned")),
      save: () => this.#save(id, true),
      unsave: () => this.#save(id, false),
      unread: () => this.#actions.markUnreadFrom(position),
      link: () => this.#actions.copyText(addressOf(message)),
      copy: async () => this.#actions.copyText((await this.#actions.loadState(id))?.body),
    };
    if (Object.hasOwn(actions, action)) actions[action]();
  }

  onSaved({ message, on }) {
    this.#saved?.then((ids) => (on ? ids.add(message) : ids.delete(message)));
  }

  // Private

  // Without a pointer that hovers, a message shows at its end where it is to be tapped.
  #onTap(element, target, x) {
    const { left, right } = element.getBoundingClientRect();
    const distance = document.dir === "rtl" ? x - left : right - x;
    if (target.closest("a, button") || distance > TAP_MARGIN || !matchMedia("(hover: none)").matches) return;
    if (element.contains(this.#bar)) this.do("menu", this.#bar.querySelector('[data-action="menu"]'));
  }

  async #open(button, element, id) {
    this.#saved ??= this.#loadSavedIds();
    const isSaved = (await this.#saved).has(id);
    this.#menu.open(button, (item) => {
      const { action } = item.dataset;
      if (action === "save" || action === "unsave") return this.#actions.isOffered(item) && isSaved === (action === "unsave");
      return this.#isOffered(item, element);
    });
  }

  async #loadSavedIds() {
    const answer = this.#actions.isOffered({ dataset: { account: "" } }) ? await this.#actions.request("saved", {}) : null;
    if (!answer) this.#saved = null; // asked again with the next menu
    return new Set(answer?.messages.map(({ id }) => id));
  }

  #isOffered(button, element) {
    const isMine = element.hasAttribute("data-mine");
    if ("mine" in button.dataset && !isMine) return false;
    if ("own" in button.dataset && !isMine && !this.#room.hasAttribute("data-moderates")) return false;
    if ("inRoom" in button.dataset && !element.closest(".z-messages")) return false;
    if (["pin", "unpin"].includes(button.dataset.action) && !this.#room.hasAttribute("data-pins")) return false;
    if (button.dataset.action === "pin" && element.hasAttribute("data-pinned")) return false;
    if (button.dataset.action === "unpin" && !element.hasAttribute("data-pinned")) return false;
    return this.#actions.isOffered(button);
  }

  #keyAction(action, element) {
    const item = part(this.#room, "message-menu").querySelector(`[data-action="${action}"]`);
    if (element.contains(this.#bar) && this.#isOffered(item, element)) this.do(action, this.#bar);
  }

  // The focus goes from message to message.
  #move(element, isUp) {
    let next = element;
    do next = isUp ? next.previousElementSibling : next.nextElementSibling;
    while (next && !next.matches(".z-message"));
    if (!next) return;
    element.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  async #save(id, on) {
    if (await this.#actions.request("save", { message: id, on })) this.#actions.showToast(on ? "saved" : "unsaved");
  }

  // The deletion waits here for a few seconds; leaving the page carries it out.
  #delete(element, id) {
    if (this.#pendingDeletes.has(id)) return;
    this.#bar.remove();
    element.dataset.state = "deleting";
    element.append(cloneTemplate(this.#room, "undo"));
    element.querySelector('[data-action="undo"]').focus();
    this.#pendingDeletes.set(id, setTimeout(() => this.#commitDelete(element, id), UNDO_TIME));
  }

  #undo(element, id) {
    clearTimeout(this.#pendingDeletes.get(id));
    this.#pendingDeletes.delete(id);
    this.#restore(element);
    element.focus();
  }

  async #commitDelete(element, id) {
    this.#pendingDeletes.delete(id);
    const hadFocus = element.contains(document.activeElement);
    await this.#actions.request("delete", { message: id });
    this.#restore(element);
    if (hadFocus) element.focus();
  }

  #restore(element) {
    element.querySelector(".z-undo")?.remove();
    if (element.dataset.state === "deleting") delete element.dataset.state;
  }

  #commitDeletes() {
    for (const [id, timer] of this.#pendingDeletes) {
      clearTimeout(timer);
      this.#actions.request("delete", { message: id });
    }
    this.#pendingDeletes.clear();
  }

  // The bar's first button, or the menu's on narrow pages, where the bar has no other.
  #anchor(element) {
    return [...this.#bar.querySelectorAll("button")].find((button) => button.offsetParent) ?? element;
  }
}

function addressOf({ position, root, rootPosition, isInRoom }) {
  const address = new URL(location.pathname, location.href);
  address.searchParams.set("at", isInRoom ? position : rootPosition);
  if (!isInRoom) address.searchParams.set("thread", root);
  return address.href;
}
