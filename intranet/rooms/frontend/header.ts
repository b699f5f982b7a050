/** The header of a room: the star, and what changes in the room while one looks at it. */

import htmx from "htmx.org";

import { find, listen } from "../../web/frontend/page";
import { get } from "../../web/frontend/http";
import { Refresher } from "../../web/frontend/refresher";
import { type Frame, socket } from "../../web/frontend/socket";

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

listen<Frame>("live:reset", ({ stream }) => {
  if (find(`#about[data-stream="${stream}"]`)) refresher.request();
});

listen<Frame>("live:closed", ({ stream }) => {
  if (find(`:is(message-log, #about)[data-stream="${stream}"]`)) location.assign("/rooms/");
});

follow(document);

/** The page about a room has no conversation that would follow its stream. */
function follow(drawn: Document): void {
  const { stream, seq } = find("#about", drawn)?.dataset ?? {};
  if (stream) socket.open(stream, Number(seq));
}

/** What belongs to the room is drawn anew; the composer only when one may, or may not, write any more. */
async function redraw(): Promise<void> {
  const response = await get(location.pathname);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ["#room-bar", "#about"]) {
    const target = find(id);
    const source = find(id, fresh);
    if (target && source) await htmx.swap({ target, text: source.outerHTML, swap: "outerMorph" });
  }
  follow(fresh);
  const area = find("#composer-area");
  const next = find("#composer-area", fresh);
  if (area && next && Boolean(find("#composer", area)) !== Boolean(find("#composer", next))) area.replaceWith(next);
}
