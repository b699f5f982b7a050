/** Dragging a room to another section; the room's menu does the same. */

import { find, findAll } from "../../web/frontend/page";
import { place } from "./arrange";

const ROOM = "application/x-tongxin-room";

document.addEventListener("dragstart", (event) => {
  const row = (event.target as Element).closest?.<HTMLElement>("#room-sections a[data-room]:not([data-archived])");
  if (row) event.dataTransfer?.setData(ROOM, row.dataset.room ?? "");
});

document.addEventListener("dragover", (event) => {
  const section = sectionOf(event);
  mark(section);
  if (section) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const section = sectionOf(event);
  const room = event.dataTransfer?.getData(ROOM);
  mark(null);
  if (!section || !room) return;
  event.preventDefault();
  if (find(`a[data-room="${room}"]`, section)) return;
  const { section: key = "" } = section.dataset;
  place([room], key === "starred" || key.startsWith("own-") ? key : "");
});

document.addEventListener("dragend", () => mark(null));

function sectionOf(event: DragEvent): HTMLElement | null {
  if (!event.dataTransfer?.types.includes(ROOM)) return null;
  return (event.target as Element).closest?.<HTMLElement>('#room-sections details:not([data-section="archived"])') ?? null;
}

function mark(section: HTMLElement | null): void {
  for (const each of findAll("#room-sections details")) each.classList.toggle("takes", each === section);
}
