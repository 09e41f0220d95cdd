// This tab among the tabs of this browser. It holds a lock of its own name for as long as it lives (Web Locks API), by which
// the others see when it is gone. Browsers have locks on secure origins only.
export const tab = newNonce();
export const tabsAreSeen = Boolean(navigator.locks);

if (tabsAreSeen) navigator.locks.request(nameOf(tab), () => new Promise(() => {})).catch(() => {});

// Call inherit() once when another tab is gone; of all who wait for that, one after the other.
export function whenGone(other, inherit) {
  if (tabsAreSeen) navigator.locks.request(nameOf(other), () => inherit()).catch(() => {});
}

// Call onCompany() when there is another tab, and each time that one comes.
export function whenOthers(onCompany) {
  const channel = new BroadcastChannel("zashiki.tab");
  channel.onmessage = ({ data }) => {
    onCompany();
    if (data === "new") channel.postMessage("old");
  };
  channel.postMessage("new");
}

// randomUUID exists on secure origins only; a layout in a local network may have none.
export function newNonce() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function nameOf(each) {
  return `zashiki.tab/${each}`;
}
