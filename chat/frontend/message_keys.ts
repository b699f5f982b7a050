/** J and K, or the arrows, go from message to message; E edits; Enter offers what can be done; Esc leads back. */

import { find, isTyping } from "../../intranet/web/frontend/page";
import { edit } from "./message_edit";
import type { MessageLog } from "./message_log";
import type { MessageMenu } from "./message_menu";

export class MessageKeys {
  #log: MessageLog;
  #menu: MessageMenu;

  constructor(log: MessageLog, menu: MessageMenu, signal: AbortSignal) {
    this.#log = log;
    this.#menu = menu;
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (find("dialog[open], .menu:popover-open")) return;
    if (event.key === "Escape" && !isTyping(event.target)) this.#leave();
    else if (!isTyping(event.target) && this.#run(event)) event.preventDefault();
  }

  #run({ key, target }: KeyboardEvent): boolean {
    const isInLog = this.#log.scroller.contains(target as Node);
    const isOnMessage = (target as HTMLElement).matches(".message");
    if (!isInLog && target !== document.body) return false;
    if (key === "j" || (key === "ArrowDown" && isOnMessage)) return this.#step(1);
    if (key === "k" || (key === "ArrowUp" && isInLog)) return this.#step(-1);
    if (!isOnMessage) return false;
    if (key === "e") return this.#edit(target as HTMLElement);
    if (key === "Enter") this.#menu.focus();
    return key === "Enter";
  }

  #step(by: number): boolean {
    const { messages } = this.#log;
    const at = messages.indexOf(document.activeElement?.closest(".message") as HTMLElement);
    const next = at < 0 ? messages.at(-1) : messages[at + by];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
    return true;
  }

  #edit(message: HTMLElement): boolean {
    void edit(message);
    return true;
  }

  #leave(): void {
    this.#log.toLatest();
    find("#composer")?.focus();
  }
}
