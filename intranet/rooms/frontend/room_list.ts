/** `<room-list>`: badges follow the socket; what else changes in the list is fetched anew. */

import htmx from "htmx.org";

import { get } from "../../web/frontend/http";
import { fill, find, findAll, listen } from "../../web/frontend/page";
import type { Frame, RoomState } from "../../web/frontend/socket";
import { showPresence } from "./presence";

const CALM = 300;
const SECTIONS = "sections";

interface Read {
  room: string;
  number: number;
}

class RoomList extends HTMLElement {
  #leaving = new AbortController();
  #timer = 0;
  #isFetching = false;
  #isStale = false;
  #title = document.title;

  connectedCallback(): void {
    const { signal } = this.#leaving;
    listen<Frame>("live:rooms", ({ rooms }) => this.#apply(rooms), signal);
    listen<Read>("rooms:read", ({ room, number }) => this.#apply({ [room]: { pointer: number, mentions: 0 } }), signal);
    listen<Frame>("live:changed", ({ what }) => what.includes("sidebar") && this.#refresh(), signal);
    this.addEventListener("click", (event) => this.#remember(event), { signal });
    this.#fold();
    this.#total();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  #apply(rooms: Record<string, Partial<RoomState>>): void {
    for (const [id, state] of Object.entries(rooms)) {
      const row = find<HTMLAnchorElement>(`a[data-room="${id}"]`, this);
      if (row) this.#update(row, state);
      else this.#refresh();
    }
    this.#total();
  }

  #update(row: HTMLAnchorElement, state: Partial<RoomState>): void {
    for (const [key, value] of Object.entries(state)) row.dataset[key] = String(value);
    const { unread, mentions } = read(row);
    row.classList.toggle("unread", unread > 0);
    find(".badge", row)?.remove();
    if (unread || mentions) row.append(this.#badge(unread, mentions));
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

  #refresh(): void {
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#fetch(), CALM);
  }

  async #fetch(): Promise<void> {
    if (this.#isFetching || !this.#isStale) return;
    this.#isFetching = true;
    this.#isStale = false;
    const { source, current } = this.dataset;
    const target = find("#room-sections", this);
    const response = await get(`${source}?current=${current ?? ""}`).catch(() => null);
    if (target && response) await htmx.swap({ target, text: (await response.text()).trim(), swap: "outerMorph" });
    this.#isFetching = false;
    this.#fold();
    this.#total();
    showPresence(this);
    void this.#fetch();
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

function read(row: HTMLElement): { unread: number; mentions: number } {
  const { number = 0, pointer = 0, mentions = 0, archived } = row.dataset;
  if (archived !== undefined) return { unread: 0, mentions: 0 };
  return { unread: Math.max(0, Number(number) - Number(pointer)), mentions: Number(mentions) };
}

function showIcon(isUnread: boolean): void {
  const link = find<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  link.dataset.read ??= link.href;
  link.href = (isUnread && link.dataset.unread) || link.dataset.read;
}

customElements.define("room-list", RoomList);
