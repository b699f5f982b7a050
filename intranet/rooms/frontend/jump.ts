/** Ctrl K: to a room by a few letters of its name. */

import { command } from "../../web/frontend/commands";
import { find, findAll } from "../../web/frontend/page";

const dialog = find<HTMLDialogElement>("#jump");
const field = dialog && find<HTMLInputElement>("input", dialog);
const list = dialog && find("ul", dialog);

function open(): void {
  if (!dialog || !field || dialog.open) return;
  field.value = "";
  narrow();
  dialog.showModal();
}

function narrow(): void {
  const words = field?.value.trim().toLowerCase() ?? "";
  const rows = findAll("#room-sections li").filter((row) => row.textContent?.toLowerCase().includes(words));
  list?.replaceChildren(...rows.map(copy));
  if (list?.firstElementChild) mark(0);
}

function copy(row: HTMLElement): Node {
  const twin = row.cloneNode(true) as HTMLElement;
  twin.removeAttribute("id");
  find("a", twin)?.removeAttribute("aria-current");
  return twin;
}

function mark(step: number): void {
  const links = list ? findAll<HTMLAnchorElement>("a", list) : [];
  const at = links.findIndex((link) => link.classList.contains("active"));
  links[at]?.classList.remove("active");
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
  next?.classList.add("active");
  next?.scrollIntoView({ block: "nearest" });
}

field?.addEventListener("input", narrow);
field?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter") list && find<HTMLAnchorElement>("a.active", list)?.click();
  else return;
  event.preventDefault();
});

command("jump-room", open);
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  open();
});
