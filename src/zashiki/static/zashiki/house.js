import { Drawer } from "./drawer.js";
import { Filter } from "./filter.js";
import { rememberFolds } from "./folds.js";
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
    new Drawer(element, document.querySelector(".z-drawer"));
    if (rooms) new Sidebar(element, room, { rooms, neighbours: new Neighbours(socket, rooms, sitting), sitting, filter });
    new Keys(room, element);
    document.documentElement.toggleAttribute("data-furnished", true);
  }
}
