/** What was refused in another room than the open one: a notice that keeps the words until their writer lets go. */

import { copy } from "../../intranet/web/frontend/clipboard";
import { command } from "../../intranet/web/frontend/commands";
import { find, findAll, listen, part } from "../../intranet/web/frontend/page";
import { type Entry, outbox, type Rejected } from "./outbox";

function show(entry: Entry): void {
  if (entry.failed === undefined || find(`message-log[data-room="${entry.room}"]`) || noticeOf(entry)) return;
  const notice = part("unsent");
  notice.dataset.client = entry.client;
  (find("b", notice) as HTMLElement).textContent = entry.failed;
  (find("q", notice) as HTMLElement).textContent = entry.body;
  (find("a", notice) as HTMLAnchorElement).href = `/rooms/${entry.room}/`;
  (find("a", notice) as HTMLAnchorElement).hidden = entry.isGone ?? false;
  find("#notices")?.append(notice);
}

function noticeOf(entry: Entry): HTMLElement | undefined {
  return findAll("#notices > [data-client]").find(({ dataset }) => dataset.client === entry.client);
}

listen<Rejected>("outbox:refused", ({ entry }) => show(entry));
if (find("#notices")) outbox.entries.forEach(show);

command("copy-unsent", (button) => {
  const text = button.closest(".banner")?.querySelector("q")?.textContent ?? "";
  void copy(text, button.dataset.done);
});

command("remove-unsent", (button) => {
  const notice = button.closest<HTMLElement>(".banner");
  if (notice?.dataset.client) outbox.remove(notice.dataset.client);
  notice?.remove();
});
