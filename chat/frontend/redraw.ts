/** Too much was missed: the pane is fetched as a page, around what was being read, until that succeeds. */

import { get, Refused } from "../../intranet/web/frontend/http";
import { find } from "../../intranet/web/frontend/page";
import type { MessageLog } from "./message_log";

const LONGEST_WAIT = 15_000;

export class Redraw {
  #log: MessageLog;
  #isRunning = false;
  #attempts = 0;
  #timer = 0;

  constructor(log: MessageLog, signal: AbortSignal) {
    this.#log = log;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  async run(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#replace();
    } catch (problem) {
      if (!(problem instanceof Refused) || problem.isTemporary) this.#later();
    } finally {
      this.#isRunning = false;
    }
  }

  #later(): void {
    const wait = Math.min(1_000 * 2 ** this.#attempts++, LONGEST_WAIT);
    this.#timer = window.setTimeout(() => void this.run(), wait);
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
