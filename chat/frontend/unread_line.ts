/** Where the new begins: as the page was opened, and again when something arrives while nobody reads. */

import { fill, find } from "../../intranet/web/frontend/page";
import type { MessageLog } from "./message_log";

export class UnreadLine {
  #log: MessageLog;
  #isSeen = false;

  constructor(log: MessageLog) {
    this.#log = log;
  }

  /** A message came that is not being read; before the first one since the pointer stands the line. */
  arrived(number: number, pointer: number): void {
    const { dataset } = this.#log;
    const isFirst = !dataset.firstUnread || pointer >= number - 1;
    dataset.unread = isFirst ? "1" : String(Number(dataset.unread) + 1);
    if (!isFirst) return;
    dataset.firstUnread = String(number);
    this.#isSeen = false;
  }

  /** Who answers is done with what was new, if it was seen. */
  answered(): void {
    if (!this.#isSeen) return;
    delete this.#log.dataset.firstUnread;
    this.#isSeen = false;
  }

  offer(): void {
    const log = this.#log;
    const line = find("#unread", log.list)?.getBoundingClientRect();
    const { top, bottom } = log.scroller.getBoundingClientRect();
    const isCut = Number(log.messages[0]?.dataset.number ?? 0) > Number(log.dataset.firstUnread);
    const isAbove = line !== undefined && (line.bottom < top || isCut);
    if (line && !isAbove && line.top < bottom && log.isWatched) this.#isSeen = true;
    const button = find(".jump-to.unread", log) as HTMLElement;
    button.hidden = !isAbove || this.#isSeen;
    (find("span", button) as HTMLElement).textContent = fill(button.dataset.text, { number: log.dataset.unread ?? "" });
  }
}
