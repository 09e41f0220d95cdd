// Sections that one has folded stay folded, on this device.
export function rememberCollapsed(element) {
  try {
    for (const section of element.querySelectorAll("[data-section]")) remember(section);
  } catch {
    // without storage a fold lasts as long as the page
  }
}

function remember(section) {
  const key = `zashiki.folded.${section.dataset.section}`;
  if (localStorage.getItem(key)) section.open = false;
  section.querySelector("summary").addEventListener("click", () => {
    if (section.open) localStorage.setItem(key, "1");
    else localStorage.removeItem(key);
  });
}
