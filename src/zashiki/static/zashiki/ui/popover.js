const GAP = 4; // pixels between a thing that opens and the one it belongs to
const EDGE = 8; // pixels to the window's edge

const anchors = new Map(); // popover -> the button that it was opened with
let dismissed = null; // the popover that is being closed by pressing its own button

// The browser closes a popover as soon as something else is pressed; the click that follows must not open it again.
function onClick({ target }) {
  dismissed = null;
  for (const [popover, anchor] of anchors) {
    if (popover.matches(":popover-open") && anchor.contains(target)) dismissed = popover;
  }
}

document.addEventListener("pointerdown", onClick, true);

// Open a popover beside the button that belongs to it, or close it; where the page is narrow its style makes a sheet of it.
// Returns whether it is open.
export function openNextTo(popover, anchor) {
  const isAgain = dismissed === popover && anchors.get(popover) === anchor;
  dismissed = null;
  if (isAgain || popover.matches(":popover-open")) {
    popover.hidePopover();
    return false;
  }
  anchors.set(popover, anchor);
  popover.showPopover();
  const box = anchor.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = box.bottom + GAP;
  const top = below + height + EDGE > innerHeight ? Math.max(EDGE, box.top - height - GAP) : below;
  popover.style.top = `${top}px`;
  popover.style.left = `${Math.min(Math.max(EDGE, box.right - width), innerWidth - width - EDGE)}px`;
  return true;
}

// Open a popover over an element, as wide as that.
export function openAbove(popover, anchor) {
  if (!popover.matches(":popover-open")) popover.showPopover();
  const { top, left, width } = anchor.getBoundingClientRect();
  popover.style.bottom = `${innerHeight - top + GAP}px`;
  popover.style.left = `${left}px`;
  popover.style.width = `${width}px`;
}
