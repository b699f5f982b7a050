/** Dots on avatars. States that arrived are kept, for rows that are drawn later. */

import { findAll, listen, page } from "../../web/frontend/page";
import type { Frame } from "../../web/frontend/socket";

const known = new Map<string, string>();

export function showPresence(inside: ParentNode): void {
  for (const avatar of findAll("[data-presence-user]", inside)) {
    const state = known.get(avatar.dataset.presenceUser ?? "");
    if (state) avatar.dataset.presence = state;
  }
}

listen<Frame>("live:presence", ({ users, all }) => {
  if (all) forget();
  for (const [user, state] of Object.entries(users)) known.set(user, state);
  showPresence(document);
});

/** What was heard before may have changed while nobody told. */
function forget(): void {
  known.clear();
  for (const { dataset } of findAll("[data-presence-user]", document)) {
    if (dataset.presenceUser !== page.user) dataset.presence = "off";
  }
}
