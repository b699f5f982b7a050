/** Editing in place. What was typed stays until the server has it: on this device, whatever becomes of the page. */

import { command } from "../../intranet/web/frontend/commands";
import { get, post, Refused } from "../../intranet/web/frontend/http";
import { warnOf } from "../../intranet/web/frontend/notices";
import { find, listen, page, parse } from "../../intranet/web/frontend/page";
import type { Frame } from "../../intranet/web/frontend/socket";
import { EditDraft } from "./edit_draft";
import type { MessageLog } from "./message_log";
import { outbox } from "./outbox";
import { drawWaiting } from "./pending";

export async function edit(message: HTMLElement): Promise<void> {
  const isMine = message.dataset.author === page.user && message.dataset.deleted === undefined;
  const field = isMine && (await begin(message).catch(warnOf));
  if (!field) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.form?.scrollIntoView({ block: "nearest" });
}

/** What was under way when these messages were drawn goes on. */
export function editOn(log: MessageLog): void {
  for (const id of EditDraft.of(log.room)) {
    const message = find(`[data-message="${id}"]`, log.list);
    if (message) void resume(message);
  }
}

async function resume(message: HTMLElement): Promise<void> {
  try {
    const field = await begin(message);
    if (document.activeElement === document.body) field?.focus({ preventScroll: true });
  } catch (problem) {
    if (problem instanceof Refused && !problem.isTemporary) setAside(message, problem.message);
  }
}

/** It cannot be saved any more: then it is a message that was not sent. */
function setAside(message: HTMLElement, reason: string): void {
  const log = message.closest<MessageLog>("message-log");
  if (!log) return;
  const draft = draftOf(message);
  outbox.keep(log.room, draft.body, reason, false);
  draft.drop();
  drawWaiting();
}

async function begin(message: HTMLElement): Promise<HTMLTextAreaElement | null> {
  if (message.classList.contains("editing")) return null;
  const form = await formFor(message);
  const field = form && find<HTMLTextAreaElement>("textarea", form);
  if (!form || !field || message.classList.contains("editing")) return null;
  message.classList.add("editing");
  restore(message, form, field);
  message.closest<MessageLog>("message-log")?.keepPlace(() => message.append(form));
  form.addEventListener("input", () => keep(message, form, field));
  form.addEventListener("submit", (event) => void save(event, message, form));
  form.addEventListener("keydown", (event) => key(event, message, form));
  return field;
}

function draftOf(message: HTMLElement): EditDraft {
  const room = message.closest<MessageLog>("message-log")?.dataset.room;
  return new EditDraft(room ?? "", message.dataset.message ?? "");
}

function restore(message: HTMLElement, form: HTMLFormElement, field: HTMLTextAreaElement): void {
  const draft = draftOf(message);
  if (!draft.isThere) return;
  field.value = draft.body;
  versionIn(form).value = draft.version;
}

function keep(message: HTMLElement, form: HTMLFormElement, field: HTMLTextAreaElement): void {
  if (field.value === field.defaultValue) draftOf(message).drop();
  else draftOf(message).keep(versionIn(form).value, field.value);
}

function versionIn(form: HTMLFormElement): HTMLInputElement {
  return find<HTMLInputElement>("[name=version]", form) as HTMLInputElement;
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
  if (message.dataset.version) versionIn(form).value = message.dataset.version;
}

/** The message may have been drawn anew while its edit was being saved. */
function stop(message: HTMLElement, form: HTMLFormElement): void {
  const drawn = document.getElementById(message.id) ?? message;
  draftOf(drawn).drop();
  form.remove();
  find("form.edit", drawn)?.remove();
  drawn.classList.remove("editing");
  find("#composer")?.focus();
}

command("cancel-edit", (button) => {
  const form = button.closest("form");
  const message = button.closest<HTMLElement>(".message");
  if (form && message) stop(message, form);
});

/** The room cannot be opened any more: all that was begun there goes to where what could not be sent is kept. */
listen<Frame>("live:closed", ({ stream }) => {
  const log = find<MessageLog>(`message-log[data-stream="${stream}"]`);
  for (const id of log ? EditDraft.of(log.room) : []) {
    const draft = new EditDraft(log?.room ?? "", id);
    if (draft.body.trim()) outbox.keep(log?.room ?? "", draft.body, log?.dataset.closed ?? "");
    draft.drop();
  }
});
