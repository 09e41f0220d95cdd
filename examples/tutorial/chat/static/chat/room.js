const said = document.querySelector("#said");
const text = document.querySelector("#text");
const send = document.querySelector("#composer button");
const scheme = location.protocol === "https:" ? "wss:" : "ws:";
const socket = new WebSocket(`${scheme}//${location.host}${said.dataset.socket}`);

socket.addEventListener("open", () => (send.disabled = false));
socket.addEventListener("message", (event) => show(JSON.parse(event.data).message));
socket.addEventListener("close", () => {
  send.disabled = true;
  show("The connection is gone. Reload to come back.", "gone");
});

document.querySelector("#composer").addEventListener("submit", (event) => {
  event.preventDefault();
  socket.send(JSON.stringify({ message: text.value }));
  text.value = "";
});

function show(message, kind = "") {
  const line = document.createElement("li");
  line.textContent = message;
  line.className = kind;
  said.append(line);
  line.scrollIntoView();
}
