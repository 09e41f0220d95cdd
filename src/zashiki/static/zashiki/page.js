// What the stand-alone pages do besides rooms: the choice of theme and of language.

const choice = document.querySelector("[data-theme-choice]");
if (choice) {
  choice.value = document.documentElement.dataset.theme ?? "";
  choice.addEventListener("change", () => keep(choice.value));
}

for (const form of document.querySelectorAll("[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

function keep(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  try {
    if (theme) localStorage.setItem("zashiki.theme", theme);
    else localStorage.removeItem("zashiki.theme");
  } catch {
    // without storage the choice lasts as long as the page
  }
}
