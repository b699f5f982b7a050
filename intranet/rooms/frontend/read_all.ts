/** Reading on: to the next room with something new, or all of it at once, which can be taken back. */

import { command } from "../../web/frontend/commands";
import { toast } from "../../web/frontend/dialogs";
import { post } from "../../web/frontend/http";
import { warnOf } from "../../web/frontend/notices";
import { fill, find, findAll } from "../../web/frontend/page";
import { arrange } from "./arrange";

command("read-all", async (button) => {
  find("#list-options")?.hidePopover();
  try {
    const { rooms, undo } = await (await post("/rooms/sidebar/read/", {})).json();
    if (rooms) toast(fill(button.dataset.done, { number: rooms }), () => void arrange("unread", { undo }));
    else toast(button.dataset.none);
  } catch (problem) {
    warnOf(problem);
  }
});

command("next-unread", (button) => {
  find("#list-options")?.hidePopover();
  const row = nextUnread(1);
  if (row) row.click();
  else toast(button.dataset.none);
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || !(event.key === "ArrowUp" || event.key === "ArrowDown")) return;
  event.preventDefault();
  const row = nextUnread(event.key === "ArrowDown" ? 1 : -1);
  if (row) row.click();
  else toast(find('[data-command="next-unread"]')?.dataset.none);
});

/** While somebody waits for an answer in one of them, only those rooms count. */
function nextUnread(step: 1 | -1): HTMLAnchorElement | undefined {
  const all = findAll<HTMLAnchorElement>("#room-sections a[data-room]");
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  const after = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))];
  const ordered = step === 1 ? after : after.reverse();
  return ordered.find((row) => find(".badge.for-me", row)) ?? ordered.find((row) => find(".badge", row));
}
