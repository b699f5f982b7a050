/** What people say about themselves, next to their names: it follows the socket, and ends at its time. */

import { findAll, listen } from "../../web/frontend/page";
import type { Frame } from "../../web/frontend/socket";

const EVERY = 30_000;

listen<Frame>("live:status", ({ statuses }) => {
  for (const [user, { status, until }] of Object.entries(statuses)) {
    for (const line of findAll(`[data-says="${user}"]`)) {
      line.textContent = status;
      if (until) line.dataset.until = until;
      else delete line.dataset.until;
    }
  }
});

setInterval(() => {
  for (const line of findAll("[data-says][data-until]")) {
    if (Date.parse(line.dataset.until ?? "") <= Date.now()) line.textContent = "";
  }
}, EVERY);
