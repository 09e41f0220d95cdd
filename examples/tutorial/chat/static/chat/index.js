document.querySelector("#door").addEventListener("submit", (event) => {
  event.preventDefault();
  location.assign(`${encodeURIComponent(document.querySelector("#name").value)}/`);
});
