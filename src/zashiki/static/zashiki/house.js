import { Neighbours } from "./neighbours.js";
import { Sidebar } from "./sidebar.js";

// What stands around a room on its own page. It comes after the room, so that nobody waits for it.
export class House {
  // room: the element; rooms: as Rooms; sitting: the seat in it.
  constructor(room, socket, rooms, sitting) {
    new Sidebar(document.querySelector(".z-sidebar"), room, rooms, new Neighbours(socket, rooms, sitting), sitting);
    document.documentElement.toggleAttribute("data-furnished", true);
  }
}
