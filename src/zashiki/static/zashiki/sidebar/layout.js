import { keyOf, keysWith } from "../ui/device_storage.js";
import { Drawer } from "./drawer.js";
import { RoomFilter } from "./room_filter.js";
import { rememberCollapsed } from "./collapsed_sections.js";
import { heedInputMethods } from "../ui/input_method.js";
import { Shortcuts } from "./shortcuts.js";
import { DirectPresence } from "./direct_presence.js";
import { Sidebar } from "./sidebar.js";

// What stands around a room on its own page. It comes after the room, so that nobody waits for it.
export class PageLayout {
  // room: the element; rooms: as Rooms, or null for somebody who has none; subscription: the seat in the room.
  constructor(room, socket, rooms, subscription) {
    const element = document.querySelector(".z-sidebar");
    const filter = new RoomFilter(element);
    rememberCollapsed(element);
    heedInputMethods(element);
    element.addEventListener("submit", (event) => askBeforeSigningOut(event, room.dataset));
    new Drawer(element, document.querySelector(".z-drawer"));
    if (rooms) new Sidebar(element, room, { rooms, neighbours: new DirectPresence(socket, rooms, subscription), subscription, filter });
    new Shortcuts(room, element);
    document.documentElement.toggleAttribute("data-layout-ready", true);
  }
}

// Who signs out while posts of theirs wait on this device is asked first. The posts stay, for them alone, until they sign in again.
function askBeforeSigningOut(event, { socket, me }) {
  const { unsent } = event.target.dataset;
  if (unsent && keysWith(keyOf("post", socket, me, "")).length && !confirm(unsent)) event.preventDefault();
}
