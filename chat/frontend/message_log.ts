/** `<message-log>`: the messages of one room. What arrives is put in its place; what one reads never moves. */

import { get } from "../../intranet/web/frontend/http";
import { command } from "../../intranet/web/frontend/commands";
import { warnOf } from "../../intranet/web/frontend/notices";
import { fill, find, findAll, listen, page, parse } from "../../intranet/web/frontend/page";
import { type Frame, socket } from "../../intranet/web/frontend/socket";
import { showTimes } from "../../intranet/web/frontend/times";
import { arrange } from "./arrange";
import { offerCopies } from "./code_blocks";
import { markMentions } from "./mentions_of_me";
import { editOn } from "./message_edit";
import { MessageKeys } from "./message_keys";
import { MessageMenu } from "./message_menu";
import { drawWaiting } from "./pending";
import { place, update } from "./place";
import { ReadPointer } from "./read_pointer";
import { Redraw } from "./redraw";
import { UnreadLine } from "./unread_line";

const NEAR = 600;
const AT_BOTTOM = 8;
const MOST = 400;

export class MessageLog extends HTMLElement {
  #leaving = new AbortController();
  #loads = 0;
  /** Which part of the conversation is shown: what was asked for another one comes too late. */
  #part = 0;
  /** What arrived while something was being loaded. */
  #early: HTMLElement[] = [];
  #arrived = 0;
  #pointer!: ReadPointer;
  #menu: MessageMenu | null = null;
  #unread = new UnreadLine(this);
  /** Browsers scroll by whole pixels: the rest is made up for at the next change. */
  #owed = 0;

  get room(): string {
    return this.dataset.room ?? "";
  }

  get scroller(): HTMLElement {
    return find(".log", this) as HTMLElement;
  }

  get list(): HTMLElement {
    return find(".messages", this) as HTMLElement;
  }

  get messages(): HTMLElement[] {
    return findAll(".message:not(.pending)", this.list);
  }

  get isAtBottom(): boolean {
    return this.scroller.scrollTop > -AT_BOTTOM;
  }

  get isAtLatest(): boolean {
    return this.dataset.newer === undefined;
  }

  /** Somebody sits in front of this page. */
  get isWatched(): boolean {
    return document.visibilityState === "visible" && document.hasFocus();
  }

  get #isLoading(): boolean {
    return this.#loads > 0;
  }

  get #isReading(): boolean {
    return this.isAtLatest && this.isAtBottom && this.isWatched;
  }

  connectedCallback(): void {
    const { signal } = this.#leaving;
    this.#pointer = new ReadPointer(this.room, Number(this.dataset.pointer ?? 0), signal);
    markMentions();
    this.#dress();
    this.#menu = new MessageMenu(this, signal);
    new MessageKeys(this, this.#menu, signal);
    const redraw = new Redraw(this, signal);
    listen<Frame>("live:fragment", (frame) => frame.stream === this.dataset.stream && this.#receive(frame), signal);
    listen<Frame>("live:reset", (frame) => frame.stream === this.dataset.stream && redraw.run(), signal);
    listen<Frame>("live:rooms", ({ rooms }) => this.#confirmed(rooms[this.room]?.pointer), signal);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true });
    window.addEventListener("focus", () => this.#scrolled(), { signal });
    document.addEventListener("visibilitychange", () => this.#scrolled(), { signal });
    socket.open(this.dataset.stream ?? "", Number(this.dataset.seq ?? 0));
    drawWaiting();
    editOn(this);
    this.#goToTarget();
    this.#scrolled();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  /** A message from the server, by the socket or in answer to a post: shown once, wherever it comes from. */
  show(fresh: HTMLElement): void {
    if (this.#isLoading) this.#early.push(fresh.cloneNode(true) as HTMLElement);
    if (!document.getElementById(fresh.id) && !this.#belongs(fresh)) return this.#pendingOf(fresh)?.remove();
    this.keepPlace(() => {
      this.#put(fresh);
      this.#dress();
    });
  }

  /** Runs a change of the list while what is on screen stays where it is. */
  keepPlace(change: () => void): void {
    if (this.isAtBottom) return change();
    const top = this.scroller.getBoundingClientRect().top;
    const anchor = this.messages.find((message) => message.getBoundingClientRect().bottom > top);
    const wanted = (anchor?.getBoundingClientRect().top ?? 0) - this.#owed;
    change();
    if (!anchor?.isConnected) return;
    this.scroller.scrollTop += anchor.getBoundingClientRect().top - wanted;
    this.#owed = anchor.getBoundingClientRect().top - wanted;
  }

  toLatest(): void {
    if (!this.isAtLatest) return location.assign(location.pathname);
    this.scroller.scrollTop = 0;
  }

  async toUnread(): Promise<void> {
    const first = Number(this.dataset.firstUnread);
    if (Number(this.messages[0]?.dataset.number) > first) await this.#loading(this.#goAround(first));
    find("#unread", this.list)?.scrollIntoView({ block: "start" });
  }

  markRead(): void {
    if (this.#isReading) this.#pointer.reach(Number(this.messages.at(-1)?.dataset.number ?? 0));
  }

  #confirmed(pointer: number | undefined): void {
    if (pointer === undefined) return;
    this.#pointer.confirmed(pointer);
    this.markRead();
  }

  #receive(frame: Frame): void {
    const fresh = parse(frame.html);
    if (!fresh?.dataset.message) return;
    if (frame.event === "chat.message.posted") this.#note(fresh);
    this.show(fresh);
    this.#trim();
    this.#scrolled();
    this.markRead();
  }

  #note(fresh: HTMLElement): void {
    if (fresh.dataset.author === page.user) return this.#unread.answered();
    if (this.#isReading || document.getElementById(fresh.id)) return;
    this.#unread.arrived(Number(fresh.dataset.number), this.#pointer.number);
    if (!this.isAtBottom || !this.isAtLatest) this.#arrived += 1;
  }

  #put(fresh: HTMLElement): void {
    const message = this.#renewed(fresh);
    if (message.parentElement !== this.list || isMisplaced(message)) place(this.list, message);
  }

  /** Of what is drawn already the newer version stays. */
  #renewed(fresh: HTMLElement): HTMLElement {
    const old = document.getElementById(fresh.id) ?? this.#pendingOf(fresh);
    if (old) update(old, fresh);
    return old ?? fresh;
  }

  /** What the server leaves to the browser: times in one's own zone, days and groups, buttons on code. */
  #dress(): void {
    showTimes(this.list);
    offerCopies(this);
    arrange(this);
  }

  #pendingOf(fresh: HTMLElement): HTMLElement | null {
    if (fresh.dataset.author !== page.user) return null;
    return find(`.pending[data-client="${CSS.escape(fresh.dataset.client ?? "")}"]`, this.list);
  }

  /** Not what lies beyond a part that is not loaded. */
  #belongs(fresh: HTMLElement): boolean {
    const number = Number(fresh.dataset.number);
    const { messages } = this;
    if (!messages.length) return this.isAtLatest;
    if (number < Number(messages[0]?.dataset.number)) return this.dataset.older === undefined;
    return this.isAtLatest || number < Number(messages.at(-1)?.dataset.number);
  }

  #scrolled(): void {
    this.#menu?.follow();
    if (this.isAtBottom) this.#arrived = 0;
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - clientHeight + scrollTop < NEAR) this.#load("older");
    if (-scrollTop < NEAR) this.#load("newer");
    this.#offerLatest();
    this.#unread.offer();
    this.markRead();
  }

  #offerLatest(): void {
    const button = find(".jump-to.latest", this) as HTMLElement;
    const { text, new: arrived } = button.dataset;
    button.hidden = this.isAtLatest && this.scroller.scrollTop > -160;
    (find("span", button) as HTMLElement).textContent = this.#arrived ? fill(arrived, { number: this.#arrived }) : (text ?? "");
  }

  #load(side: "older" | "newer"): void {
    if (this.#isLoading || this.dataset[side] === undefined) return;
    this.#loading(this.#fetch(side)).catch(() => window.setTimeout(() => this.#scrolled(), 2_000));
  }

  /** What arrives meanwhile may have no place yet, or lose it: it is shown once more in the end. */
  async #loading(load: Promise<void>): Promise<void> {
    this.#loads += 1;
    this.scroller.setAttribute("aria-busy", "true");
    try {
      await load;
    } finally {
      this.#loads -= 1;
      if (!this.#isLoading) this.#loaded();
    }
  }

  #loaded(): void {
    this.scroller.removeAttribute("aria-busy");
    editOn(this);
    for (const fresh of this.#early.splice(0)) this.show(fresh);
    this.markRead();
  }

  async #fetch(side: "older" | "newer"): Promise<void> {
    const part = this.#part;
    const edge = this.messages.at(side === "older" ? 0 : -1)?.dataset.number;
    const response = await get(`/rooms/${this.room}/messages/?${side === "older" ? "before" : "after"}=${edge}`);
    const found = parseAll(await response.text());
    const hasMore = response.headers.get(side === "older" ? "X-Has-Older" : "X-Has-Newer") === "1";
    if (part !== this.#part) return;
    this.keepPlace(() => {
      for (const message of found) this.#put(message);
      if (!hasMore) delete this.dataset[side];
      this.#dress();
    });
  }

  /** Another part of the conversation takes the place of this one; what is still to be sent stays. */
  async #goAround(number: number): Promise<void> {
    const response = await get(`/rooms/${this.room}/messages/?around=${number}`);
    const found = parseAll(await response.text()).map((fresh) => this.#renewed(fresh));
    this.#part += 1;
    this.list.replaceChildren(...found, ...findAll(".pending", this.list));
    this.toggleAttribute("data-older", response.headers.get("X-Has-Older") === "1");
    this.toggleAttribute("data-newer", response.headers.get("X-Has-Newer") === "1");
    this.#dress();
  }

  /** A page that stays open for days does not grow for ever. */
  #trim(): void {
    if (!this.isAtBottom || this.#isLoading || this.messages.length <= MOST) return;
    for (const message of this.messages.slice(0, -MOST / 2)) message.remove();
    this.dataset.older = "";
    find(".beginning", this.list)?.remove();
    arrange(this);
  }

  #goToTarget(): void {
    const wanted = Number(new URLSearchParams(location.search).get("at"));
    const byNumber = this.messages.find((message) => Number(message.dataset.number) >= wanted);
    const target = document.getElementById(location.hash.slice(1)) ?? (wanted ? byNumber : null);
    if (!target?.classList.contains("message")) return;
    target.scrollIntoView({ block: "center" });
    target.classList.add("flash");
  }
}

function parseAll(html: string): HTMLElement[] {
  const template = document.createElement("template");
  template.innerHTML = html;
  return findAll(".message", template.content);
}

function isMisplaced(message: HTMLElement): boolean {
  const next = message.nextElementSibling as HTMLElement | null;
  return Boolean(next?.dataset.number && Number(next.dataset.number) < Number(message.dataset.number));
}

customElements.define("message-log", MessageLog);

const current = (): MessageLog | null => find<MessageLog>("message-log");
command("jump-latest", () => current()?.toLatest());
command("jump-unread", () => void current()?.toUnread().catch(warnOf));
