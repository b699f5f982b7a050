/** `<room-list>`: badges follow the socket; what else changes in the list is fetched anew. */

import htmx from "htmx.org";

import { get } from "../../web/frontend/http";
import { fill, find, findAll, listen } from "../../web/frontend/page";
import { Refresher } from "../../web/frontend/refresher";
import type { Frame, RoomState } from "../../web/frontend/socket";
import { arrange } from "./arrange";
import { showPresence } from "./presence";
import { showMentions } from "./rail_mentions";

const SCROLLED = "rooms-scrolled";

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
  /** What was folded or unfolded here and is not kept yet. */
  #folding = new Map<string, boolean>();

  connectedCallback(): void {
    const { signal } = this.#leaving;
    listen<Frame>("live:rooms", ({ rooms }) => this.#apply(rooms), signal);
    listen<Read>("rooms:read", ({ room, number }) => this.#apply({ [room]: { pointer: number, mentions: 0 } }), signal);
    listen<Frame>("live:changed", ({ what }) => this.#changed(what), signal);
    listen("rooms:arranged", () => this.#refresher.request(0), signal);
    this.addEventListener("click", (event) => void this.#keepFolded(event), { signal });
    addEventListener("pagehide", () => sessionStorage.setItem(SCROLLED, String(this.scrollTop)), { signal });
    this.#stay();
    this.#total();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
    this.#refresher.stop();
  }

  /** Every room is a page of its own, and the list stands where it stood on the one before. */
  #stay(): void {
    this.scrollTop = Number(sessionStorage.getItem(SCROLLED) ?? 0);
    find("[aria-current]", this)?.scrollIntoView({ block: "nearest" });
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
    const isNews = Number(known.number) > stateOf(row).number;
    for (const [key, value] of Object.entries(later(stateOf(row), known))) row.dataset[key] = String(value);
    const { unread, mentions } = read(row);
    row.classList.toggle("unread", unread > 0);
    find(".badge", row)?.remove();
    if (unread || mentions) row.append(this.#badge(unread, mentions));
    if (isNews && this.#sections?.dataset.sort === "activity") this.#rise(row);
    return true;
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
    showMentions(mentions);
  }

  /** Pointers that went back: only what comes from now on is known. */
  #changed(what: string[]): void {
    if (what.includes("pointers")) this.#known.clear();
    if (what.includes("sidebar")) this.#refresher.request();
  }

  get #sections(): HTMLElement | null {
    return find("#room-sections", this);
  }

  async #fetch(): Promise<void> {
    const { source, current } = this.dataset;
    for (const known of this.#known.values()) delete known.mentions;
    const target = this.#sections;
    const response = await get(`${source}?current=${current ?? ""}`);
    if (target) await htmx.swap({ target, text: (await response.text()).trim(), swap: "outerMorph" });
    for (const [id, known] of this.#known) this.#update(id, known);
    this.#settle();
    this.#total();
    showPresence(this);
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

function stateOf({ dataset }: HTMLElement): RoomState {
  const { number = 0, pointer = 0, mentions = 0 } = dataset;
  return { number: Number(number), pointer: Number(pointer), mentions: Number(mentions) };
}

/** Numbers and pointers only grow, until one is told otherwise. */
function later(one: Partial<RoomState>, other: Partial<RoomState>): Partial<RoomState> {
  const grown = { number: Math.max(one.number ?? 0, other.number ?? 0), pointer: Math.max(one.pointer ?? 0, other.pointer ?? 0) };
  return { ...one, ...other, ...grown };
}

/** Who has read everything has read every mention. */
function read(row: HTMLElement): { unread: number; mentions: number } {
  const { number, pointer, mentions } = stateOf(row);
  const unread = row.dataset.archived === undefined ? Math.max(0, number - pointer) : 0;
  return { unread: row.dataset.muted === undefined ? unread : 0, mentions: unread ? mentions : 0 };
}

function showIcon(isUnread: boolean): void {
  const link = find<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  link.dataset.read ??= link.href;
  link.href = (isUnread && link.dataset.unread) || link.dataset.read;
}

customElements.define("room-list", RoomList);
