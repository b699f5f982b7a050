/** Too much was missed: the pane is fetched as a page, around what was being read, until that succeeds. */

import { get } from "../../intranet/web/frontend/http";
import { find } from "../../intranet/web/frontend/page";
import { Refresher } from "../../intranet/web/frontend/refresher";
import type { MessageLog } from "./message_log";

export class Redraw {
  #log: MessageLog;
  #refresher = new Refresher(() => this.#replace());

  constructor(log: MessageLog, signal: AbortSignal) {
    this.#log = log;
    signal.addEventListener("abort", () => this.#refresher.stop());
  }

  run(): void {
    this.#refresher.request(0);
  }

  async #replace(): Promise<void> {
    const log = this.#log;
    const top = log.scroller.getBoundingClientRect().top;
    const reading = log.messages.find((message) => message.getBoundingClientRect().bottom > top);
    const isReading = !log.isAtBottom && reading;
    const response = await get(isReading ? `${location.pathname}?at=${reading.dataset.number}` : location.pathname);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const pane = find("message-log", fresh);
    if (!pane) return;
    log.replaceWith(document.adoptNode(pane));
    if (isReading) document.getElementById(reading.id)?.scrollIntoView({ block: "start" });
  }
}
