/** `<message-composer>`: write and send. What is typed survives reload, sign-out and refusal. */

import { find, listen } from "../../intranet/web/frontend/page";
import { isSomebodyElses } from "../../intranet/web/frontend/person";
import { type Frame, socket } from "../../intranet/web/frontend/socket";
import { Draft } from "./draft";
import { format } from "./format";
import { editLast } from "./message_edit";
import type { MessageLog } from "./message_log";
import { outbox, type Rejected } from "./outbox";
import { drawPending, dropPending } from "./pending";
import { Suggestions } from "./suggestions";

const BETWEEN_SIGNALS = 2_000;

class MessageComposer extends HTMLElement {
  #leaving = new AbortController();
  #signalled = -BETWEEN_SIGNALS;
  #field!: HTMLTextAreaElement;
  #suggestions!: Suggestions;

  connectedCallback(): void {
    const { signal } = this.#leaving;
    this.#field = find<HTMLTextAreaElement>("textarea", this) as HTMLTextAreaElement;
    this.#suggestions = new Suggestions(this, this.#field);
    this.#field.value ||= this.#draft.text;
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    find("form", this)?.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("click", (event) => this.#format(event));
    listen<Rejected>("outbox:refused", (rejected) => this.#refused(rejected), signal);
    listen<Frame>("live:closed", ({ stream }) => stream === this.dataset.stream && this.#closed(), signal);
    outbox.flush();
    if (matchMedia("(pointer: fine)").matches && !location.hash) this.#field.focus({ preventScroll: true });
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  get #draft(): Draft {
    return new Draft(this.dataset.room);
  }

  get #log(): MessageLog | null {
    return find<MessageLog>("message-log");
  }

  #typed(): void {
    this.#draft.text = this.#field.value;
    this.#say("");
    const now = performance.now();
    if (!this.#field.value || now - this.#signalled < BETWEEN_SIGNALS) return;
    this.#signalled = now;
    socket.send({ do: "typing", stream: this.dataset.stream });
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.#field.value && this.#log) {
      event.preventDefault();
      editLast(this.#log);
    } else if (event.key === "Escape") {
      this.#log?.toLatest();
    }
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#send();
  }

  #send(): void {
    const body = this.#field.value.trim();
    if (!body || isSomebodyElses()) return;
    const entry = outbox.add(this.dataset.room ?? "", body);
    this.#write("");
    if (this.#log && !this.#log.isAtLatest) return this.#log.toLatest();
    drawPending(entry);
    this.#log?.toLatest();
    outbox.flush();
  }

  /** What the server will never take goes back into the field, if that is free; the reason stands below it. */
  #refused({ entry, status }: Rejected): void {
    if (entry.room !== this.dataset.room) return;
    if (status !== 400 || this.#field.value) return;
    dropPending(entry);
    this.#write(entry.body);
    this.#say(entry.failed ?? "");
  }

  /** The room cannot be opened any more: what was begun goes to where all that could not be sent is kept. */
  #closed(): void {
    const body = this.#field.value.trim();
    if (!body) return;
    outbox.keep(this.dataset.room ?? "", body, this.#log?.dataset.closed ?? "");
    this.#draft.text = "";
  }

  #format(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-format]");
    if (button) format(this.#field, button.dataset.format ?? "");
    if (button?.dataset.format === "mention") this.#suggestions.update();
  }

  #write(text: string): void {
    this.#field.value = text;
    this.#typed();
    this.#field.focus();
  }

  #say(words: string): void {
    const line = find("#composer-error", this);
    if (line) line.textContent = words;
  }
}

customElements.define("message-composer", MessageComposer);
