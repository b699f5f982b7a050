/** `<room-list>`: badges follow the socket; what else changes in the list is fetched anew. */

import htmx from "htmx.org";

import { get } from "../../web/frontend/http";
import { fill, find, findAll, listen } from "../../web/frontend/page";
import { Refresher } from "../../web/frontend/refresher";
import type { Frame, RoomState } from "../../web/frontend/socket";
import { showPresence } from "./presence";

const SECTIONS = "sections";

interface Read {
  room: string;
  number: number;
}

class RoomList extends HTMLElement {
  #leaving = new AbortController();
  #refresher = new Refresher(() => this.#fetch());
  /** What the socket said, of mentions since the last list was asked for: one that was drawn before that does not undo it. */
  #known = new Map<string, Partial<RoomState>>();
  #title = document.title;

  connectedCallback(): void {
    const { signal } = this.#leaving;
    listen<Frame>("live:rooms", ({ rooms }) => this.#apply(rooms), signal);
    listen<Read>("rooms:read", ({ room, number }) => this.#apply({ [room]: { pointer: number, mentions: 0 } }), signal);
    listen<Frame>("live:changed", ({ what }) => what.includes("sidebar") && this.#refresher.request(), signal);
    this.addEventListener("click", (event) => this.#remember(event), { signal });
    this.#fold();
    this.#total();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
    this.#refresher.stop();
  }

  #apply(rooms: Record<string, Partial<RoomState>>): void {
    for (const [id, state] of Object.entries(rooms)) {
      const known = later(this.#known.get(id) ?? {}, state);
      this.#known.set(id, known);
      if (!this.#update(id, known)) this.#refresher.request();
    }
    this.#total();
  }

  #update(id: string, known: Partial<RoomState>): boolean {
    const row = find<HTMLAnchorElement>(`a[data-room="${id}"]`, this);
    if (!row) return false;
    for (const [key, value] of Object.entries(later(stateOf(row), known))) row.dataset[key] = String(value);
    const { unread, mentions } = read(row);
    row.classList.toggle("unread", unread > 0);
    find(".badge", row)?.remove();
    if (unread || mentions) row.append(this.#badge(unread, mentions));
    return true;
  }

  #badge(unread: number, mentions: number): HTMLElement {
    const words = find("#room-sections", this)?.dataset;
    const badge = document.createElement("span");
    badge.className = mentions ? "badge for-me" : "badge";
    badge.textContent = mentions ? `@${mentions}` : String(unread);
    badge.setAttribute("aria-label", fill(mentions ? words?.mentionsText : words?.unreadText, { number: mentions || unread }));
    badge.setAttribute("role", "img");
    return badge;
  }

  /** The tab of the browser says it too. */
  #total(): void {
    const rows = findAll<HTMLAnchorElement>("a[data-room]", this).map(read);
    const unread = rows.reduce((sum, row) => sum + row.unread, 0);
    const mentions = rows.reduce((sum, row) => sum + row.mentions, 0);
    document.title = unread ? `(${unread}) ${this.#title}` : this.#title;
    showIcon(unread > 0);
    const badge = find("#rail-mentions");
    if (!badge) return;
    badge.hidden = !mentions;
    badge.textContent = String(mentions);
    badge.setAttribute("aria-label", fill(badge.dataset.label, { number: mentions }));
  }

  async #fetch(): Promise<void> {
    const { source, current } = this.dataset;
    for (const known of this.#known.values()) delete known.mentions;
    const target = find("#room-sections", this);
    const response = await get(`${source}?current=${current ?? ""}`);
    if (target) await htmx.swap({ target, text: (await response.text()).trim(), swap: "outerMorph" });
    for (const [id, known] of this.#known) this.#update(id, known);
    this.#fold();
    this.#total();
    showPresence(this);
  }

  /** A click comes before what it does: what is open now is about to close. */
  #remember(event: Event): void {
    const section = (event.target as Element).closest("summary")?.closest("details");
    if (section) localStorage.setItem(SECTIONS, JSON.stringify({ ...remembered(), [section.id]: !section.open }));
  }

  #fold(): void {
    const states = remembered();
    for (const section of findAll<HTMLDetailsElement>("details", this)) section.open = states[section.id] ?? section.open;
  }
}

function remembered(): Record<string, boolean> {
  return JSON.parse(localStorage.getItem(SECTIONS) ?? "{}");
}

function stateOf({ dataset }: HTMLElement): RoomState {
  const { number = 0, pointer = 0, mentions = 0 } = dataset;
  return { number: Number(number), pointer: Number(pointer), mentions: Number(mentions) };
}

/** Numbers and pointers only grow. */
function later(one: Partial<RoomState>, other: Partial<RoomState>): Partial<RoomState> {
  const grown = { number: Math.max(one.number ?? 0, other.number ?? 0), pointer: Math.max(one.pointer ?? 0, other.pointer ?? 0) };
  return { ...one, ...other, ...grown };
}

/** Who has read everything has read every mention. */
function read(row: HTMLElement): { unread: number; mentions: number } {
  const { number, pointer, mentions } = stateOf(row);
  const unread = row.dataset.archived === undefined ? Math.max(0, number - pointer) : 0;
  return { unread, mentions: unread ? mentions : 0 };
}

function showIcon(isUnread: boolean): void {
  const link = find<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  link.dataset.read ??= link.href;
  link.href = (isUnread && link.dataset.unread) || link.dataset.read;
}

customElements.define("room-list", RoomList);
