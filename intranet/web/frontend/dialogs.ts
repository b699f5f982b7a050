/** One dialog for forms that htmx fetches, one for the keys; and the toast. */

import { command } from "./commands";
import { find } from "./page";

const dialog = find<HTMLDialogElement>("#dialog");
const TOAST_TIME = 6_000;
const NOTHING_TO_SHOW = 204;
let toastTimer = 0;
let undo: (() => void) | undefined;
let opener: HTMLElement | null = null;

document.addEventListener("htmx:after:swap", () => {
  if (!dialog?.childElementCount) return;
  if (!dialog.open) open(dialog);
  else if (!dialog.contains(document.activeElement)) focusField(dialog);
});

function open(box: HTMLDialogElement): void {
  opener = openerOf(document.activeElement);
  box.showModal();
  if (matchMedia("(pointer: fine)").matches) focusField(box);
}

/** A menu is gone by the time that its dialog closes; the button of the menu is still there. */
function openerOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest("[popover]");
  return menu ? find(`[popovertarget="${menu.id}"]`) : (element as HTMLElement | null);
}

function focusField(box: HTMLDialogElement): void {
  const field = find("[aria-invalid=true]", box) ?? find(".body :is(input, textarea):not([type=hidden])", box);
  field?.focus();
}

/** A refusal is a page or a sentence of its own; only a form that comes back belongs where it was. Nothing to show: done. */
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = (event as CustomEvent<{ ctx: { response?: Response } }>).detail;
  const status = ctx.response?.status ?? 200;
  const isNotice = ctx.response?.headers.has("HX-Retarget");
  if (status >= 400 && status !== 422 && !isNotice) event.preventDefault();
  if (status !== NOTHING_TO_SHOW || !dialog?.contains(event.target as Node)) return;
  event.preventDefault();
  dialog.close();
});

dialog?.addEventListener("close", () => {
  dialog.replaceChildren();
  if (document.activeElement === document.body) opener?.focus();
});

document.addEventListener("click", (event) => {
  const box = event.target;
  if (box instanceof HTMLDialogElement && box.open && isOutside(box, event)) box.close();
});

function isOutside(box: HTMLDialogElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

command("close", (button, event) => {
  const box = button.closest("dialog");
  if (!box) return;
  event.preventDefault();
  box.close();
});

command("dismiss", (button) => button.closest(".banner")?.remove());

/** Asks with the words of `sheet`; true when the answer was "yes". */
export function ask(sheet: HTMLElement): Promise<boolean> {
  if (!dialog) return Promise.resolve(false);
  dialog.returnValue = "";
  dialog.replaceChildren(sheet);
  open(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** With `takeBack`, it offers to undo what was done. */
export function toast(text: string | undefined, takeBack?: () => void): void {
  const box = find("#toast");
  const words = box && find("span", box);
  const button = box && find("[data-command=undo]", box);
  if (!box || !words || !button || !text) return;
  words.textContent = text;
  undo = takeBack;
  button.hidden = !takeBack;
  box.showPopover();
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => box.hidePopover(), TOAST_TIME);
}

command("undo", () => {
  find("#toast")?.hidePopover();
  undo?.();
  undo = undefined;
});
