// One stop of the tabulator for many things; the arrows lead on inside (ARIA Authoring Practices, "roving tabindex").

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// container: holds what `selector` finds; keys: which of the arrows move. Begins at its first.
export function rove(container, selector, keys = Object.keys(STEPS)) {
  container.addEventListener("keydown", (event) => {
    const all = reachable(container, selector);
    const at = all.indexOf(event.target.closest(selector));
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextIndex(event.key, keys, at, all.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setStop(container, selector, all[next]);
    all[next].focus();
  });
  resetStop(container, selector);
}

// What can be reached has changed: the stop is the first of it.
export function resetStop(container, selector) {
  setStop(container, selector, reachable(container, selector)[0]);
}

function nextIndex(key, keys, at, count) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (!keys.includes(key)) return null;
  const isMirrored = document.dir === "rtl" && (key === "ArrowLeft" || key === "ArrowRight");
  return (at + STEPS[key] * (isMirrored ? -1 : 1) + count) % count;
}

function reachable(container, selector) {
  return [...container.querySelectorAll(selector)].filter((each) => !each.hidden && !each.closest("[hidden]"));
}

function setStop(container, selector, chosen) {
  for (const each of container.querySelectorAll(selector)) each.tabIndex = each === chosen ? 0 : -1;
}
