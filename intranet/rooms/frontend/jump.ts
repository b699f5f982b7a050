/** Ctrl K: to a room or a person by a few letters, Chinese characters, pinyin or initials of the name. */

import { command } from "../../web/frontend/commands";
import { get, post } from "../../web/frontend/http";
import { warnOf } from "../../web/frontend/notices";
import { find, findAll, listen, part } from "../../web/frontend/page";
import type { Frame } from "../../web/frontend/socket";
import { fit, letters } from "./fuzzy";

interface Target {
  id: number;
  name: string;
  also: string;
  pinyin: string;
  initials: string;
  archived?: boolean;
  short?: string;
  hue?: string;
  home?: string;
}

interface Found {
  target: Target;
  isRoom: boolean;
  score: number;
}

const SHOWN = 30;
const RECENT = 4;
const dialog = find<HTMLDialogElement>("#jump");
const field = dialog && find<HTMLInputElement>("input", dialog);
const list = dialog && find("ul", dialog);
let known: Promise<{ rooms: Target[]; people: Target[] }> | null = null;

function open(): void {
  if (!dialog || !field || dialog.open) return;
  field.value = "";
  list?.replaceChildren();
  dialog.showModal();
  void narrow();
}

/** Asked for once a page, and again after something about one's rooms has changed. */
function targets(): Promise<{ rooms: Target[]; people: Target[] }> {
  known ??= get(dialog?.dataset.source ?? "").then((response) => response.json());
  known.catch(() => (known = null));
  return known;
}

listen<Frame>("live:changed", ({ what }) => what.includes("sidebar") && (known = null));

async function narrow(): Promise<void> {
  try {
    const { rooms, people } = await targets();
    const typed = letters(field?.value ?? "");
    show(typed ? matching(typed, rooms, people) : elsewhere(rooms).map(asRoom));
  } catch (problem) {
    dialog?.close();
    warnOf(problem);
  }
}

/** Where one was lately is worth a little; what is archived, less. */
function matching(typed: string, rooms: Target[], people: Target[]): Found[] {
  const inRooms = rooms.map((target, at) => ({ ...asRoom(target), score: best(typed, target, lately(target, at, rooms)) }));
  const asPeople = people.map((target) => ({ target, isRoom: false, score: best(typed, target) }));
  return [...inRooms, ...asPeople].filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

/** Before anything is typed: where one was last, but not where one is. */
function elsewhere(rooms: Target[]): Target[] {
  const others = rooms.filter(({ id }) => String(id) !== find("room-list")?.dataset.current);
  return [...others.filter(({ archived }) => !archived), ...others.filter(({ archived }) => archived)];
}

function asRoom(target: Target): Found {
  return { target, isRoom: true, score: 0 };
}

function lately(target: Target, at: number, rooms: Target[]): number {
  return target.archived ? -RECENT : RECENT * (1 - at / rooms.length);
}

function best(typed: string, { name, also, pinyin, initials }: Target, more = 0): number {
  const score = Math.max(fit(typed, name), fit(typed, also), fit(typed, pinyin), fit(typed, initials));
  return score && score + more;
}

// --- The list ----------------------------------------------------------------------------------------

function show(found: Found[]): void {
  const rows = found.slice(0, SHOWN).map(({ target, isRoom }) => (isRoom ? room(target) : person(target)));
  list?.replaceChildren(...rows.filter((row) => row !== null).map(option));
  const none = dialog && find(".none", dialog);
  if (none) none.hidden = Boolean(list?.childElementCount);
  mark(0);
}

/** As it stands in the list of rooms, with its badge. */
function room({ id }: Target): HTMLElement | null {
  const twin = find(`#room-sections a[data-room="${id}"]`)?.cloneNode(true) as HTMLElement | undefined;
  twin?.removeAttribute("aria-current");
  twin?.setAttribute("tabindex", "-1");
  return twin ?? null;
}

function person({ id, name, short, hue, home }: Target): HTMLElement {
  const row = part("jump-person");
  const [avatar, title, department] = findAll("span", row);
  if (avatar && title && department) {
    avatar.dataset.hue = hue;
    avatar.textContent = short ?? "";
    title.textContent = name;
    department.textContent = home ?? "";
  }
  row.addEventListener("click", () => void talkTo(id));
  return row;
}

async function talkTo(id: number): Promise<void> {
  try {
    const response = await post(dialog?.dataset.direct ?? "", { people: String(id) }, { "HX-Request": "true" });
    location.assign(response.headers.get("HX-Redirect") ?? location.href);
  } catch (problem) {
    dialog?.close();
    warnOf(problem);
  }
}

function option(row: HTMLElement, at: number): HTMLElement {
  const item = document.createElement("li");
  item.id = `jump-${at}`;
  item.setAttribute("role", "option");
  item.append(row);
  return item;
}

function mark(step: number): void {
  const options = list ? findAll("li", list) : [];
  const at = options.findIndex((each) => each.ariaSelected === "true");
  const next = options[Math.min(Math.max(at + step, 0), options.length - 1)];
  for (const each of options) each.ariaSelected = String(each === next);
  next?.scrollIntoView({ block: "nearest" });
  if (next) field?.setAttribute("aria-activedescendant", next.id);
  else field?.removeAttribute("aria-activedescendant");
}

field?.addEventListener("input", () => void narrow());
field?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter") list && find("[aria-selected=true] :is(a, button)", list)?.click();
  else return;
  event.preventDefault();
});

command("jump-room", open);
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  open();
});
