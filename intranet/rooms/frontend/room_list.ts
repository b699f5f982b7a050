/** `<room-list>`: badges follow the socket; what else changes in the list is fetched anew. */

import htmx from "htmx.org";

import { get } from "../../web/frontend/http";
import { fill, find, findAll, listen } from "../../web/frontend/page";
import type { Frame, RoomState } from "../../web/frontend/socket";
import { arrange } from "./arrange";
import { showPresence } from "./presence";

const CALM = 300;
const SCROLLED = "rooms-scrolled";

class RoomList extends HTMLElement {
  #leaving = new AbortController();
  #timer = 0;
  #isFetching = false;
  #isStale = false;
  #title = document.title;
  /** What was folded or unfolded here and is not kept yet. */
  #folding = new Map<string, boolean>();

  connectedCallback(): void {
    const { signal } = this.#leaving;
    listen<Frame>("live:rooms", ({ rooms }) => this.#apply(rooms), signal);
    listen<Frame>("live:changed", ({ what }) => what.includes("sidebar") && this.#refresh(), signal);
    listen("rooms:arranged", () => this.#refresh(0), signal);
    this.addEventListener("click", (event) => void this.#keepFolded(event), { signal });
    addEventListener("pagehide", () => sessionStorage.setItem(SCROLLED, String(this.scrollTop)), { signal });
    this.#stay();
    this.#total();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  /** Every room is a page of its own, and the list stands where it stood on the one before. */
  #stay(): void {
    this.scrollTop = Number(sessionStorage.getItem(SCROLLED) ?? 0);
    find("[aria-current]", this)?.scrollIntoView({ block: "nearest" });
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
    const isNews = Number(state.number) > Number(row.dataset.number);
    for (const [key, value] of Object.entries(state)) row.dataset[key] = String(value);
    const { unread, mentions } = read(row);
    row.classList.toggle("unread", unread > 0);
    find(".badge", row)?.remove();
    if (unread || mentions) row.append(this.#badge(unread, mentions));
    if (isNews && this.#sections?.dataset.sort === "activity") this.#rise(row);
  }

  /** Not under somebody's pointer: it stays until the list is drawn anew. */
  #rise(row: HTMLElement): void {
    const item = row.closest("li");
    const list = item?.parentElement;
    if (!list || list.matches(":hover") || row.dataset.muted !== undefined) return;
    if (list.firstElementChild !== item && item) list.prepend(item);
  }

  #badge(unread: number, mentions: number): HTMLElement {
    const words = this.#sections?.dataset;
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

  get #sections(): HTMLElement | null {
    return find("#room-sections", this);
  }

  #refresh(wait = CALM): void {
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#fetch(), wait);
  }

  async #fetch(): Promise<void> {
    if (this.#isFetching || !this.#isStale) return;
    this.#isFetching = true;
    this.#isStale = false;
    const { source, current } = this.dataset;
    const target = this.#sections;
    const response = await get(`${source}?current=${current ?? ""}`).catch(() => null);
    if (target && response) await htmx.swap({ target, text: (await response.text()).trim(), swap: "outerMorph" });
    this.#isFetching = false;
    this.#settle();
    this.#total();
    showPresence(this);
    void this.#fetch();
  }

  /** A fetched list says what is true on the server, also where somebody has clicked before. */
  #settle(): void {
    for (const [key, isFolded] of this.#folding) {
      const section = find<HTMLDetailsElement>(`#section-${key}`, this);
      if (section) section.open = !isFolded;
    }
    for (const input of findAll<HTMLInputElement>("#list-options input", this)) input.checked = input.defaultChecked;
  }

  /** A click comes before what it does: what is open now is about to close. */
  async #keepFolded(event: Event): Promise<void> {
    const target = event.target as Element;
    const section = target.closest("summary")?.closest("details");
    if (!section || target.closest("button")) return;
    const { section: key = "" } = section.dataset;
    const isFolded = section.open;
    this.#folding.set(key, isFolded);
    await arrange("fold", { section: key, folded: isFolded ? "on" : "" });
    if (this.#folding.get(key) === isFolded) this.#folding.delete(key);
  }
}

function read(row: HTMLElement): { unread: number; mentions: number } {
  const { number = 0, pointer = 0, mentions = 0, archived, muted } = row.dataset;
  if (archived !== undefined) return { unread: 0, mentions: 0 };
  const unread = muted === undefined ? Math.max(0, Number(number) - Number(pointer)) : 0;
  return { unread, mentions: Number(mentions) };
}

function showIcon(isUnread: boolean): void {
  const link = find<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  link.dataset.read ??= link.href;
  link.href = (isUnread && link.dataset.unread) || link.dataset.read;
}

customElements.define("room-list", RoomList);
