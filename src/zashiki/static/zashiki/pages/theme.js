// Day or night, as chosen on this device; runs before the first paint, so that no page flashes.
(() => {
  const chosen = (() => {
    try {
      return localStorage.getItem("zashiki.theme");
    } catch {
      return null; // storage may be closed to us
    }
  })();
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
