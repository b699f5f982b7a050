/** The header of a room: the star, and what changes in the room while one looks at it. */

import htmx from "htmx.org";

import { find, listen } from "../../web/frontend/page";
import { get } from "../../web/frontend/http";
import { Refresher } from "../../web/frontend/refresher";
import type { Frame } from "../../web/frontend/socket";

const refresher = new Refresher(redraw);

document.addEventListener("htmx:after:request", (event) => {
  const form = (event.target as Element).closest?.("form");
  const star = form && find(".star", form);
  const value = form && find<HTMLInputElement>("input[name=starred]", form);
  if (!star || !value) return;
  const isStarred = value.value === "on";
  star.setAttribute("aria-pressed", String(isStarred));
  value.value = isStarred ? "" : "on";
});

listen<Frame>("live:changed", ({ what }) => {
  if (what.some((each) => each === "members" || each === "header" || each === "access")) refresher.request();
});

listen<Frame>("live:closed", ({ stream }) => {
  if (find(`message-log[data-stream="${stream}"]`)) location.assign("/rooms/");
});

/** What belongs to the room is drawn anew; the composer only when one may, or may not, write any more. */
async function redraw(): Promise<void> {
  const response = await get(location.pathname);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ["#room-bar", "#about"]) {
    const target = find(id);
    const source = find(id, fresh);
    if (target && source) await htmx.swap({ target, text: source.outerHTML, swap: "outerMorph" });
  }
  const area = find("#composer-area");
  const next = find("#composer-area", fresh);
  if (area && next && Boolean(find("#composer", area)) !== Boolean(find("#composer", next))) area.replaceWith(next);
}
