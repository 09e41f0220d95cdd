import { keyOf, keysWith } from "./device_storage.js";
import { Drawer } from "./drawer.js";
import { Filter } from "./filter.js";
import { rememberFolds } from "./folds.js";
import { heedInputMethods } from "./input_method.js";
import { Keys } from "./keys.js";
import { Neighbours } from "./neighbours.js";
import { Sidebar } from "./sidebar.js";

// What stands around a room on its own page. It comes after the room, so that nobody waits for it.
export class House {
  // room: the element; rooms: as Rooms, or null for somebody who has none; sitting: the seat in the room.
  constructor(room, socket, rooms, sitting) {
    const element = document.querySelector(".z-sidebar");
    const filter = new Filter(element);
    rememberFolds(element);
    heedInputMethods(element);
    element.addEventListener("submit", (event) => askBeforeSigningOut(event, room.dataset));
    new Drawer(element, document.querySelector(".z-drawer"));
    if (rooms) new Sidebar(element, room, { rooms, neighbours: new Neighbours(socket, rooms, sitting), sitting, filter });
    new Keys(room, element);
    document.documentElement.toggleAttribute("data-furnished", true);
  }
}

// Who signs out while posts of theirs wait on this device is asked first. The posts stay, for them alone, until they sign in again.
function askBeforeSigningOut(event, { socket, me }) {
  const { unsent } = event.target.dataset;
  if (unsent && keysWith(keyOf("post", socket, me, "")).length && !confirm(unsent)) event.preventDefault();
}
