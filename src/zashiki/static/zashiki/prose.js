// What a message's html lacks for those who do not use a mouse or their eyes.

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

// Long lines can be scrolled by keyboard, what fits is no stop on the way; the box of a task has the task's name.
export function makeReachable(element) {
  for (const block of element.querySelectorAll(".z-body :is(pre, table)")) sizes.observe(block);
  for (const box of element.querySelectorAll(".z-body input")) box.ariaLabel = box.closest("li")?.innerText.trim() || "☑";
}
