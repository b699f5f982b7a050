/** The one socket of the page; docs/protocol.md is its contract. What it brings becomes events on the document. */

import { emit, listen, page } from "./page";
import { isSomebodyElses, signedIn } from "./person";

export interface Frame {
  kind: string;
  stream: string;
  seq: number;
  event: string;
  html: string;
  target: string;
  what: string[];
  reason: string;
  build: string;
  user: number;
  name: string;
  rooms: Record<string, Partial<RoomState>>;
  users: Record<string, "on" | "off">;
  all: boolean;
  statuses: Record<string, { status: string; until: string }>;
}

export interface RoomState {
  number: number;
  pointer: number;
  mentions: number;
}

const SILENCE = 25_000;
const ANSWER = 10_000;
const LONGEST_WAIT = 15_000;
const AFTER_FLOOD = 10_000;
const BETWEEN_QUESTIONS = 1_000;
const SIGNED_OUT = 4001;
const FLOODED = 4029;

class Socket {
  #socket: WebSocket | null = null;
  /** Nothing is said before the server has said whom it takes this for. */
  #isGreeted = false;
  #attempts = 0;
  #refusals = 0;
  #retry = 0;
  #silence = 0;
  /** The last `seq` applied of each open stream; NaN until the first frame says where it stands. */
  #streams = new Map<string, number>([[`user.${page.user}`, NaN]]);
  #asked = new Map<string, number>();

  constructor() {
    listen("session:taken", () => this.#end());
  }

  get isOpen(): boolean {
    return this.#isGreeted && this.#socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    clearTimeout(this.#retry);
    if (isSomebodyElses()) return;
    if (this.#socket && this.#socket.readyState <= WebSocket.OPEN) return;
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws/`);
    this.#socket = socket;
    this.#isGreeted = false;
    socket.addEventListener("open", () => this.#listen());
    socket.addEventListener("message", (event) => socket === this.#socket && this.#receive(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => this.#lost(socket, event.code));
  }

  /** Follows a stream from the `seq` that the page was drawn at. */
  open(stream: string, since: number): void {
    this.#streams.set(stream, since);
    this.send({ do: "open", stream, since });
  }

  close(stream: string): void {
    this.#streams.delete(stream);
    this.send({ do: "close", stream });
  }

  send(frame: object): boolean {
    if (!this.isOpen) return false;
    this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  #greet(frame: Frame): void {
    signedIn(String(frame.user));
    if (isSomebodyElses()) return;
    this.#isGreeted = true;
    this.#attempts = this.#refusals = 0;
    this.send({ do: "watch" });
    for (const [stream, since] of this.#streams) if (!Number.isNaN(since)) this.send({ do: "open", stream, since });
    emit("live:connected", frame);
  }

  #end(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    socket?.close();
  }

  #receive(frame: Frame): void {
    this.#listen();
    if (frame.kind === "hello") {
      this.#greet(frame);
    } else if (frame.kind === "closed") {
      this.#streams.delete(frame.stream);
      emit("live:closed", frame);
    } else if (frame.seq === undefined) {
      emit(`live:${frame.kind}`, frame);
    } else {
      this.#apply(frame);
    }
  }

  #apply(frame: Frame): void {
    const last = this.#streams.get(frame.stream);
    if (last === undefined) return;
    if (frame.kind === "reset") {
      this.#reset(frame);
    } else if (frame.kind === "opened") {
      if (Number.isNaN(last)) this.#streams.set(frame.stream, frame.seq);
      else if (frame.seq > last) this.#ask(frame.stream, last);
    } else if (frame.seq === last + 1 || Number.isNaN(last)) {
      this.#streams.set(frame.stream, frame.seq);
      emit(`live:${frame.kind}`, frame);
    } else if (frame.seq > last) {
      this.#ask(frame.stream, last);
    }
  }

  /** A pane keeps its old position until the new one opens the stream: whatever fails meanwhile leads here again. */
  #reset(frame: Frame): void {
    if (frame.stream !== `user.${page.user}`) return emit("live:reset", frame);
    this.#streams.set(frame.stream, frame.seq);
    emit("live:changed", { ...frame, what: ["sidebar"] });
  }

  /** Something is missing. One question at a time: its answer brings everything. */
  #ask(stream: string, since: number): void {
    const now = performance.now();
    if (now - (this.#asked.get(stream) ?? -BETWEEN_QUESTIONS) < BETWEEN_QUESTIONS) return;
    this.#asked.set(stream, now);
    this.send({ do: "open", stream, since });
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => {
      this.send({ do: "ping" });
      this.#silence = window.setTimeout(() => this.#giveUp(), ANSWER);
    }, SILENCE);
  }

  /** A connection can be dead without anybody saying so. */
  #giveUp(): void {
    const socket = this.#socket;
    socket?.close();
    if (socket) this.#lost(socket, 1006);
  }

  #lost(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#silence);
    emit("live:lost", { code });
    if (code === SIGNED_OUT && this.#refusals++ > 0) emit("session:ended", null);
    else this.#retry = window.setTimeout(() => this.connect(), this.#wait(code));
  }

  #wait(code: number): number {
    if (code === FLOODED) return AFTER_FLOOD;
    const wait = Math.min(500 * 2 ** this.#attempts++, LONGEST_WAIT);
    return wait + Math.random() * (wait / 2);
  }
}

export const socket = new Socket();

addEventListener("online", () => page.user && socket.connect());
addEventListener("pageshow", (event) => event.persisted && page.user && socket.connect());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && page.user) socket.connect();
});
