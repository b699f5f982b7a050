/** Where a message goes in the list, and how a drawn one becomes a newer one without losing focus or an open form. */

import { find, findAll } from "../../intranet/web/frontend/page";

/** By number; what is still being sent comes last, in the order of sending. */
export function place(list: HTMLElement, message: HTMLElement): void {
  const number = Number(message.dataset.number || Infinity);
  const later = findAll(":scope > .message", list).find(
    (each) => each !== message && Number(each.dataset.number || Infinity) > number,
  );
  list.insertBefore(message, later ?? null);
}

export function update(old: HTMLElement, fresh: HTMLElement): void {
  if (isOlder(fresh, old)) return;
  const form = find("form.edit", old);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  const classes = ["flash", "follow", ...(form ? ["editing"] : [])].filter((each) => old.classList.contains(each));
  for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
  old.classList.add(...classes);
  for (const child of [...old.children]) if (child !== form) child.remove();
  old.prepend(...fresh.childNodes);
}

/** An answer and the socket may overtake each other. */
function isOlder(fresh: HTMLElement, old: HTMLElement): boolean {
  if (old.classList.contains("pending")) return false;
  if (old.dataset.deleted !== undefined && fresh.dataset.deleted === undefined) return true;
  return Number(fresh.dataset.version) < Number(old.dataset.version);
}
