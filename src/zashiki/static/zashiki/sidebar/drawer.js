const WIDE = "(min-width: 48.01rem)";

// On narrow pages the sidebar is a drawer: the focus stays inside while it is open, and goes back where it came from.
export class Drawer {
  #sidebar;
  #button;

  constructor(sidebar, button) {
    this.#sidebar = sidebar;
    this.#button = button;
    sidebar.addEventListener("beforetoggle", ({ newState }) => (document.querySelector("main").inert = newState === "open"));
    sidebar.addEventListener("toggle", ({ newState }) => this.#toggled(newState === "open"));
    matchMedia(WIDE).addEventListener("change", ({ matches }) => matches && sidebar.matches(":popover-open") && sidebar.hidePopover());
  }

  #toggled(isOpen) {
    if (isOpen) (this.#sidebar.querySelector("[aria-current]") ?? this.#sidebar.querySelector("a")).focus();
    else if (document.activeElement === document.body) this.#button.focus();
  }
}
