/** The one toolbar of the page: it goes to the message under the pointer or with the focus. */

import { copy } from "../../intranet/web/frontend/clipboard";
import { command } from "../../intranet/web/frontend/commands";
import { ask } from "../../intranet/web/frontend/dialogs";
import { post } from "../../intranet/web/frontend/http";
import { warnOf } from "../../intranet/web/frontend/notices";
import { find, findAll, page, part, parse } from "../../intranet/web/frontend/page";
import { edit } from "./message_edit";
import type { MessageLog } from "./message_log";
import htmx from "htmx.org";

const ABOVE = 14;

export class MessageMenu {
  #log: MessageLog;
  #bar: HTMLElement;
  message: HTMLElement | null = null;

  constructor(log: MessageLog, signal: AbortSignal) {
    this.#log = log;
    this.#bar = find(".message-menu", log) as HTMLElement;
    log.list.addEventListener("pointerover", (event) => event.pointerType === "mouse" && this.#at(event.target), { signal });
    log.list.addEventListener("focusin", (event) => this.#at(event.target), { signal });
    log.list.addEventListener("click", (event) => this.#tap(event), { signal });
    log.addEventListener("pointerleave", () => this.#rest(), { signal });
    log.addEventListener("focusout", () => setTimeout(() => this.#rest()), { signal });
    this.#bar.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#commands();
  }

  /** Keeps up with the message while the list scrolls. */
  follow(): void {
    const { message } = this;
    if (!message?.isConnected) return this.#hide();
    const frame = this.#log.getBoundingClientRect();
    const top = message.getBoundingClientRect().top - frame.top;
    const isInView = top > -message.offsetHeight + ABOVE && top < frame.height - ABOVE;
    this.#bar.hidden = !isInView || this.#isBare();
    this.#bar.style.insetBlockStart = `${Math.max(top - ABOVE, 4)}px`;
  }

  focus(): void {
    find("button:not([hidden])", this.#bar)?.focus();
  }

  #at(target: EventTarget | null): void {
    const message = (target as Element).closest<HTMLElement>(".message");
    if (!message || message.matches(".pending, .editing")) return this.#hide();
    if (message === this.message && !this.#bar.hidden) return;
    this.message = message;
    this.#offer(message);
    this.follow();
  }

  #offer(message: HTMLElement): void {
    const isMine = message.dataset.author === page.user;
    const isThere = message.dataset.deleted === undefined;
    const may = this.#log.dataset;
    const shown: Record<string, boolean> = {
      "copy-link": isThere,
      "copy-text": isThere,
      edit: isThere && isMine && may.post !== undefined,
      delete: isThere && (isMine ? may.post !== undefined : may.moderate !== undefined),
      history: message.dataset.edited !== undefined,
    };
    for (const button of findAll("button", this.#bar)) button.hidden = !shown[button.dataset.command ?? ""];
  }

  #isBare(): boolean {
    return !find("button:not([hidden])", this.#bar);
  }

  #tap(event: MouseEvent): void {
    const isTouch = (event as PointerEvent).pointerType === "touch";
    if (isTouch && !(event.target as Element).closest("a, button, textarea")) {
      (event.target as Element).closest<HTMLElement>(".message")?.focus();
    }
  }

  /** Without pointer and focus the toolbar goes; with the focus still on a message it goes back to that. */
  #rest(): void {
    if (this.#log.matches(":hover") || find("dialog[open]")) return;
    if (this.#bar.contains(document.activeElement)) return;
    const focused = document.activeElement?.closest<HTMLElement>(".message");
    if (focused && this.#log.contains(focused)) this.#at(focused);
    else this.#hide();
  }

  #hide(): void {
    this.message = null;
    this.#bar.hidden = true;
  }

  #key(event: KeyboardEvent): void {
    const buttons = findAll("button:not([hidden])", this.#bar);
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowRight") buttons[(at + 1) % buttons.length]?.focus();
    else if (event.key === "ArrowLeft") buttons[(at - 1 + buttons.length) % buttons.length]?.focus();
    else if (event.key === "Escape") this.message?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #commands(): void {
    const { linkCopied, textCopied } = this.#bar.dataset;
    const on = (name: string, run: (message: HTMLElement) => void): void =>
      command(name, () => this.message && run(this.message));
    on("copy-link", (message) => void copy(addressOf(message), linkCopied));
    on("copy-text", (message) => void copy(textOf(message), textCopied));
    on("edit", (message) => void edit(message).then(() => this.#hide()));
    on("history", (message) => void htmx.ajax("GET", `/messages/${message.dataset.message}/history/`, "#dialog"));
    on("delete", (message) => void this.#delete(message));
  }

  async #delete(message: HTMLElement): Promise<void> {
    const sheet = part("confirm-delete", this.#log);
    (find("blockquote", sheet) as HTMLElement).textContent = textOf(message).slice(0, 200);
    if (!(await ask(sheet))) return;
    try {
      const response = await post(`/messages/${message.dataset.message}/delete/`, {});
      const fresh = parse(await response.text());
      if (fresh) this.#log.show(fresh);
      this.#hide();
      message.focus({ preventScroll: true });
    } catch (problem) {
      warnOf(problem);
    }
  }
}

function addressOf(message: HTMLElement): string {
  return new URL(`/messages/${message.dataset.message}/`, location.href).href;
}

function textOf(message: HTMLElement): string {
  const body = find(".body", message)?.cloneNode(true) as HTMLElement;
  for (const part of findAll(".edited, .code-block > header", body)) part.remove();
  return body.innerText.trim();
}
