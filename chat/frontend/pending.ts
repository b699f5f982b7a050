/** A message on its way: drawn at once from the server's own fragment, replaced by the real one when it arrives. */

import { command } from "../../intranet/web/frontend/commands";
import { find, findAll, listen, parse, part } from "../../intranet/web/frontend/page";
import { showTimes } from "../../intranet/web/frontend/times";
import { arrange } from "./arrange";
import type { MessageLog } from "./message_log";
import { type Entry, outbox, type Rejected, type Sent } from "./outbox";
import { place } from "./place";

const log = (): MessageLog | null => find<MessageLog>("message-log");

export function drawWaiting(): void {
  outbox.entries.forEach(drawPending);
}

export function drawPending(entry: Entry): void {
  const pane = log();
  if (!pane || pane.room !== entry.room || clientOf(pane, entry.client)) return;
  const message = part("pending", pane);
  message.classList.add("pending");
  message.removeAttribute("id");
  message.dataset.client = entry.client;
  message.dataset.at = entry.at;
  delete message.dataset.message;
  const body = find(".body", message) as HTMLElement;
  body.replaceChildren(...paragraphs(entry.body));
  const time = find<HTMLTimeElement>("time", message);
  if (time) time.dateTime = entry.at;
  place(pane.list, message);
  if (entry.failed !== undefined) drawFailure(entry);
  showTimes(message);
  arrange(pane);
}

function drawFailure(entry: Entry): void {
  const pane = log();
  const message = clientOf(pane, entry.client);
  if (!pane || !message || find(".failed", message)) return;
  const row = part("failed", pane);
  const words = find("span", row) as HTMLElement;
  words.textContent = entry.failed || (words.dataset.default ?? "");
  message.append(row);
}

export function dropPending(entry: Entry): void {
  outbox.remove(entry.client);
  clientOf(log(), entry.client)?.remove();
}

/** As typed; the server's Markdown replaces it. */
function paragraphs(text: string): HTMLElement[] {
  return text.split(/\n{2,}/).map((block) => {
    const paragraph = document.createElement("p");
    block.split("\n").forEach((line, index) => {
      if (index) paragraph.append(document.createElement("br"));
      paragraph.append(line);
    });
    return paragraph;
  });
}

function clientOf(pane: MessageLog | null, client: string): HTMLElement | null {
  const messages = pane ? findAll(".message", pane.list) : [];
  return messages.find((message) => message.dataset.client === client) ?? null;
}

listen<Rejected>("outbox:refused", ({ entry }) => drawFailure(entry));
listen<Sent>("outbox:sent", ({ entry, html }) => {
  const fresh = parse(html);
  if (fresh && log()?.room === entry.room) log()?.show(fresh);
  else clientOf(log(), entry.client)?.setAttribute("data-sent", "");
});

function pendingOf(button: HTMLElement): HTMLElement | null {
  return button.closest<HTMLElement>(".message.pending");
}

command("retry", (button) => {
  const message = pendingOf(button);
  button.closest(".failed")?.remove();
  if (message?.dataset.client) outbox.retry(message.dataset.client);
});

command("remove", (button) => {
  const message = pendingOf(button);
  if (!message?.dataset.client) return;
  outbox.remove(message.dataset.client);
  message.remove();
});
