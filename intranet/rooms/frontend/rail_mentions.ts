/** How often one is named in what one has not read: the same number on every page, also where no list of rooms is. */

import { fill, find, listen } from "../../web/frontend/page";
import { type Frame, socket } from "../../web/frontend/socket";

const known = new Map<string, number>();

export function showMentions(mentions: number): void {
  const badge = find("#rail-mentions");
  if (!badge) return;
  badge.hidden = !mentions;
  badge.textContent = String(mentions);
  badge.setAttribute("aria-label", fill(badge.dataset.label, { number: mentions }));
}

const hasList = (): boolean => Boolean(find("room-list"));

listen<Frame>("live:rooms", ({ rooms }) => {
  for (const [id, { mentions }] of Object.entries(rooms)) if (mentions !== undefined) known.set(id, mentions);
  if (!hasList()) showMentions([...known.values()].reduce((sum, each) => sum + each, 0));
});

/** Where there is a list, it fetches itself anew. */
listen<Frame>("live:changed", ({ what }) => {
  if (what.includes("sidebar") && !hasList()) socket.send({ do: "watch" });
});
