/** The line above the page: the connection, the session, a newer version. Nothing typed is ever lost meanwhile. */

import { Refused } from "./http";
import { find, listen, page, part } from "./page";
import { type Frame, socket } from "./socket";

const BLIP = 3_000;
let timer = 0;

function show(id: string, shown: boolean): void {
  const notice = find(`#${id}-notice`);
  if (notice) notice.hidden = !shown;
}

/** From the first loss on: the attempts that fail meanwhile do not put it off. */
listen("live:lost", () => {
  timer ||= window.setTimeout(check, BLIP);
});
addEventListener("offline", check);
addEventListener("online", check);

function check(): void {
  show("offline", Boolean(page.user) && (!socket.isOpen || !navigator.onLine) && !isOver());
}

listen<Frame>("live:connected", (frame) => {
  clearTimeout(timer);
  timer = 0;
  show("offline", false);
  show("signed-out", false);
  if (frame.build && page.build && frame.build !== page.build) show("outdated", true);
});

listen("session:ended", () => {
  const link = find<HTMLAnchorElement>("#signed-out-notice a");
  if (link) link.search = new URLSearchParams({ next: location.pathname + location.search }).toString();
  show("offline", false);
  show("signed-out", true);
});

listen("session:taken", () => {
  show("offline", false);
  show("signed-out", false);
  show("taken", true);
});

/** The latest thing that did not work, until it is closed. */
export function warn(words: string | undefined): void {
  const banner = part("warning");
  (find("span", banner) as HTMLElement).textContent = words ?? "";
  find("#notices > [data-warning]")?.remove();
  banner.dataset.warning = "";
  find("#notices")?.append(banner);
}

/** In the server's words, if it had any. */
export function warnOf(problem: unknown): void {
  const said = problem instanceof Refused ? problem.message : "";
  warn(said || find("#notices")?.dataset.failed);
}

function isOver(): boolean {
  return ["#signed-out-notice", "#taken-notice"].some((id) => find(id)?.hidden === false);
}
