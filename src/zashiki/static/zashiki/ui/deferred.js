import { urlsOf } from "./dom.js";

const fetched = new WeakMap(); // room -> what has been begun to fetch

// The markup that a room needs only when somebody does more than read and write; it is appended to the room, once.
export function loadDeferred(room) {
  if (!fetched.has(room)) fetched.set(room, append(room).catch((error) => (fetched.delete(room), Promise.reject(error))));
  return fetched.get(room);
}

async function append(room) {
  const answer = await fetch(urlsOf(room).deferred);
  if (!answer.ok) throw new Error(answer.statusText);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const styles = [...holder.content.querySelectorAll("link")].map(styled);
  for (const owned of holder.content.querySelectorAll("[id]")) owned.id += `-${room.dataset.room || room.dataset.name}`;
  room.append(holder.content);
  await Promise.all(styles);
}

// Nothing is shown before its style has come; a style that does not come keeps nobody waiting.
function styled(link) {
  return new Promise((resolve) => ["load", "error"].forEach((end) => link.addEventListener(end, resolve)));
}
