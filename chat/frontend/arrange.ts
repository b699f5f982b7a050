/** Days, groups of one author and the unread line: all that depends on neighbours is put in here, in one pass. */

import { fill, find, findAll, part } from "../../intranet/web/frontend/page";
import { day, dayOf } from "../../intranet/web/frontend/times";

const GROUP = 5 * 60_000;

export function arrange(log: HTMLElement): void {
  const list = find(".messages", log);
  if (!list) return;
  for (const line of findAll(":scope > .day, :scope > .unread-line", list)) line.remove();
  let before: HTMLElement | null = null;
  for (const message of findAll(":scope > .message", list)) {
    const isNewDay = !before || dayOf(at(before)) !== dayOf(at(message));
    if (isNewDay) list.insertBefore(dayLine(log, at(message)), message);
    const isFirstUnread = isUnread(log, message) && !(before && isUnread(log, before));
    if (isFirstUnread) list.insertBefore(unreadLine(log), message);
    message.classList.toggle("follow", !isNewDay && !isFirstUnread && follows(before, message));
    before = message;
  }
}

export function at(message: HTMLElement): Date {
  return new Date(message.dataset.at ?? "");
}

function follows(before: HTMLElement | null, message: HTMLElement): boolean {
  if (before?.dataset.author !== message.dataset.author) return false;
  return at(message).getTime() - at(before as HTMLElement).getTime() < GROUP;
}

/** The line stays where it was while one reads. */
function isUnread(log: HTMLElement, message: HTMLElement): boolean {
  const first = Number(log.dataset.firstUnread || Infinity);
  return Number(message.dataset.number || 0) >= first;
}

function dayLine(log: HTMLElement, moment: Date): HTMLElement {
  const line = part("day", log);
  const time = find<HTMLTimeElement>("time", line);
  if (time) {
    time.dateTime = dayOf(moment);
    time.textContent = day(moment);
  }
  return line;
}

function unreadLine(log: HTMLElement): HTMLElement {
  const line = part("unread-line", log);
  line.textContent = fill(line.dataset.text, { number: log.dataset.unread ?? "" });
  return line;
}
