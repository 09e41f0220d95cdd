const GAP = 4; // pixels between a thing that opens and the one it belongs to
const EDGE = 8; // pixels to the window's edge

// Open a popover beside an element; where the page is narrow its style makes a sheet of it.
export function openAt(popover, anchor) {
  popover.showPopover();
  const box = anchor.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = box.bottom + GAP;
  const top = below + height + EDGE > innerHeight ? Math.max(EDGE, box.top - height - GAP) : below;
  popover.style.top = `${top}px`;
  popover.style.left = `${Math.min(Math.max(EDGE, box.right - width), innerWidth - width - EDGE)}px`;
}

// Open a popover over an element, as wide as that.
export function openOver(popover, anchor) {
  if (!popover.matches(":popover-open")) popover.showPopover();
  const { top, left, width } = anchor.getBoundingClientRect();
  popover.style.bottom = `${innerHeight - top + GAP}px`;
  popover.style.left = `${left}px`;
  popover.style.width = `${width}px`;
}
