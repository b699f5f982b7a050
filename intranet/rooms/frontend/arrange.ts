/** Arranging the list of rooms: of one room by its menu, or of many that are ticked. */

import htmx from "htmx.org";

import { command } from "../../web/frontend/commands";
import { type Fields, post } from "../../web/frontend/http";
import { warnOf } from "../../web/frontend/notices";
import { emit, fill, find, findAll } from "../../web/frontend/page";

const bar = find<HTMLFormElement>("#picked");
let chosen: string[] = [];

/** Every device draws the list anew once it has changed; this one does not wait to hear of it. */
export async function arrange(what: string, fields: Fields): Promise<void> {
  try {
    await post(`/rooms/sidebar/${what}/`, fields);
    emit("rooms:arranged", null);
  } catch (problem) {
    warnOf(problem);
  }
}

export function place(rooms: string[], section: string): void {
  void arrange("place", [...named(rooms), ["section", section]]);
}

function named(rooms: string[]): [string, string][] {
  return rooms.map((room) => ["rooms", room]);
}

/** Whose menu opens: one moves from room to room, one is that of the room on screen. */
document.addEventListener("click", (event) => {
  const opener = (event.target as Element).closest<HTMLElement>('[popovertarget="room-options"], [popovertarget="room-menu"]');
  if (!opener) return;
  const item = opener.closest("#room-sections li");
  const room = opener.closest("#room-bar") ? find("#room-sections a[aria-current]") : item && find("a[data-room]", item);
  chosen = room ? [room.dataset.room ?? ""] : ticked();
  for (const button of findAll('.menu [data-command="mute-rooms"]')) {
    button.hidden = !room || Boolean(button.dataset.muted) === (room.dataset.muted !== undefined);
  }
});

command("place-rooms", (button) => {
  close();
  place(chosen, button.dataset.section ?? "");
});

command("mute-rooms", (button) => {
  const rooms = button.closest("#picked") ? ticked() : chosen;
  close();
  if (rooms.length) void arrange("mute", [...named(rooms), ["muted", button.dataset.muted ?? ""]]);
});

command("section-of-rooms", (button) => {
  close();
  const query = new URLSearchParams(named(chosen));
  void htmx.ajax("GET", `${button.dataset.source}?${query}`, { target: "#dialog" });
});

function close(): void {
  find(".menu:popover-open")?.hidePopover();
}

// --- Preferences -------------------------------------------------------------------------------------

document.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  if (!input.closest("#list-options")) return;
  const value = input.type === "checkbox" ? (input.checked ? "on" : "off") : input.value;
  void arrange("preferences", { [input.name]: value });
});

// --- Ticking many ------------------------------------------------------------------------------------

command("select-rooms", () => {
  const list = find("room-list");
  if (!list || !bar) return;
  find("#list-options")?.hidePopover();
  bar.hidden = !list.classList.toggle("selecting");
  bar.reset();
  count();
  if (bar.hidden) find('[popovertarget="list-options"]')?.focus();
  else find("input.pick", list)?.focus();
});

/** A row is as good as its box. */
document.addEventListener(
  "click",
  (event) => {
    const row = (event.target as Element).closest("room-list.selecting li > a");
    if (!row) return;
    event.preventDefault();
    find<HTMLInputElement>("input.pick", row.parentElement as HTMLElement)?.click();
  },
  { capture: true },
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar && !bar.hidden && !find("dialog[open], :popover-open")) {
    find("[data-command=select-rooms]", bar)?.click();
  }
});

document.addEventListener("change", (event) => (event.target as Element).matches("input.pick") && count());

function count(): void {
  const words = bar && find("[role=status]", bar);
  if (words) words.textContent = fill(bar.dataset.text, { number: ticked().length });
}

function ticked(): string[] {
  return findAll<HTMLInputElement>("input.pick:checked").map((box) => box.value);
}
