/** Editing in place. What was typed stays until the server has it. */

import { command } from "../../intranet/web/frontend/commands";
import { get, post, Refused } from "../../intranet/web/frontend/http";
import { warnOf } from "../../intranet/web/frontend/notices";
import { find, page, parse } from "../../intranet/web/frontend/page";
import type { MessageLog } from "./message_log";

export async function edit(message: HTMLElement): Promise<void> {
  const isMine = message.dataset.author === page.user && message.dataset.deleted === undefined;
  if (!isMine || message.classList.contains("editing")) return;
  const form = await formFor(message).catch(warnOf);
  const field = form && find<HTMLTextAreaElement>("textarea", form);
  if (!form || !field) return;
  message.classList.add("editing");
  message.append(form);
  form.addEventListener("submit", (event) => void save(event, message, form));
  form.addEventListener("keydown", (event) => key(event, message, form));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  form.scrollIntoView({ block: "nearest" });
}

async function formFor(message: HTMLElement): Promise<HTMLFormElement | null> {
  const response = await get(`/messages/${message.dataset.message}/edit/`);
  return parse<HTMLFormElement>(await response.text());
}

/** The last message that one may edit with the arrow up. */
export function editLast(log: MessageLog): void {
  const mine = log.messages.findLast(({ dataset }) => dataset.author === page.user && dataset.deleted === undefined);
  if (mine) void edit(mine);
}

function key(event: KeyboardEvent, message: HTMLElement, form: HTMLFormElement): void {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    stop(message, form);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
}

async function save(event: Event, message: HTMLElement, form: HTMLFormElement): Promise<void> {
  event.preventDefault();
  const { body = "", version = "" } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  try {
    const response = await post(form.action, { body, version });
    const fresh = parse(await response.text());
    stop(message, form);
    if (fresh) find<MessageLog>("message-log")?.show(fresh);
  } catch (problem) {
    const words = find(".error", form);
    if (words) words.textContent = (problem instanceof Refused && problem.message) || (form.dataset.failed ?? "");
    if (problem instanceof Refused && problem.reason === "edited_meanwhile") adopt(message, form);
  }
}

/** Somebody else was first: theirs is on the page by now; saving once more is a choice, not an accident. */
function adopt(message: HTMLElement, form: HTMLFormElement): void {
  const version = find<HTMLInputElement>("[name=version]", form);
  if (version && message.dataset.version) version.value = message.dataset.version;
}

function stop(message: HTMLElement, form: HTMLFormElement): void {
  form.remove();
  message.classList.remove("editing");
  find("#composer")?.focus();
}

command("cancel-edit", (button) => {
  const form = button.closest("form");
  const message = button.closest<HTMLElement>(".message");
  if (form && message) stop(message, form);
});
