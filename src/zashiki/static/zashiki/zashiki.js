// The entry: from here on <zashiki-room> is alive.
import { RoomElement } from "./room.js";

if (!customElements.get("zashiki-room")) customElements.define("zashiki-room", RoomElement);
