const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

// What a message's html lacks for those who do not use a mouse or their eyes:
// long lines can be scrolled by keyboard, what fits is no stop on the way; the box of a task has the name of the task.
export function makeAccessible(element) {
  for (const block of element.querySelectorAll(".z-body :is(pre, table)")) sizes.observe(block);
  for (const box of element.querySelectorAll(".z-body input")) box.ariaLabel = box.closest("li")?.innerText.trim() || "☑";
}

// The first words of a message in one line, without the signs of its markdown; length: letters.
export function excerpt({ html }, length) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // cleaned by the server, and never part of the page
  return [...holder.content.textContent.replace(/\s+/g, " ").trim()].slice(0, length).join("");
}
