/** Dots on avatars. States that arrived are kept, for rows that are drawn later. */

import { findAll, listen } from "../../web/frontend/page";
import type { Frame } from "../../web/frontend/socket";

const known = new Map<string, string>();

export function showPresence(inside: ParentNode): void {
  for (const avatar of findAll("[data-presence-user]", inside)) {
    const state = known.get(avatar.dataset.presenceUser ?? "");
    if (state) avatar.dataset.presence = state;
  }
}

listen<Frame>("live:presence", ({ users }) => {
  for (const [user, state] of Object.entries(users)) known.set(user, state);
  showPresence(document);
});
