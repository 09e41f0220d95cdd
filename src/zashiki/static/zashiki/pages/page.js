// What the stand-alone pages do besides rooms: the choice of theme and of language, and copying a link.

const choice = document.querySelector("[data-theme-choice]");
if (choice) {
  choice.value = document.documentElement.dataset.theme ?? "";
  choice.addEventListener("change", () => keep(choice.value));
}

for (const form of document.querySelectorAll("[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard; // only where the connection is safe
  button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  await navigator.clipboard.writeText(field.value);
  const [offer, done] = button.children;
  [offer.hidden, done.hidden] = [true, false];
  setTimeout(() => ([offer.hidden, done.hidden] = [false, true]), 2_000);
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
