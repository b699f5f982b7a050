/** Keys that work everywhere. What belongs to a message or the composer is handled there. */

import { command } from "./commands";
import { find, findAll, isTyping } from "./page";

const LISTED = "#room-sections:not(.unread-only) a[data-room], .unread-only a[data-room]:is(.unread, [aria-current], :has(.badge))";
const isApple = /Mac|iP(hone|ad)/.test(navigator.platform);
if (isApple) for (const key of findAll("[data-mod]")) key.textContent = "⌘";

function showKeys(): void {
  find("#me")?.hidePopover();
  find<HTMLDialogElement>("#keys")?.showModal();
}

command("show-keys", showKeys);

document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !isTyping(event.target) && !find("dialog[open]")) showKeys();
  if (event.altKey && !event.shiftKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    neighbour(event.key === "ArrowDown" ? 1 : -1)?.click();
  }
});

function neighbour(step: number): HTMLAnchorElement | undefined {
  const rows = findAll<HTMLAnchorElement>(LISTED).filter((row) => row.dataset.archived === undefined);
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  return rows[(at + step + rows.length) % rows.length];
}
