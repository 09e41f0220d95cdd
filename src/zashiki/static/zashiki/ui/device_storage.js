// What this browser keeps beyond a page: JSON values in localStorage. It may be closed to the page, be full, and hold anything.

// The value under a key, or null when there is none that can be read.
export function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Keep a value under a key; null removes it. Returns whether it is kept.
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

// All keys that begin with a prefix.
export function keysWith(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

// Call onChange(key, value) when another tab has changed a key that begins with a prefix; value: null when it was removed.
export function watch(prefix, onChange) {
  addEventListener("storage", ({ key, newValue }) => {
    if (key?.startsWith(prefix)) onChange(key, newValue === null ? null : load(key));
  });
}

// A key of its own for each list of texts: no text can be taken for two of them.
export function keyOf(...parts) {
  return `zashiki.${parts.map(encodeURIComponent).join("/")}`;
}
