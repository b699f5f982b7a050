/** How far one has read: at once on this page, to the server once a second at most, and for certain in the end. */

import { beacon, post } from "../../intranet/web/frontend/http";
import { emit } from "../../intranet/web/frontend/page";
import { socket } from "../../intranet/web/frontend/socket";

const EVERY = 1_000;

export class ReadPointer {
  #room: string;
  #number: number;
  #told: number;
  #toldAt = -EVERY;
  #timer = 0;

  constructor(room: string, number: number, signal: AbortSignal) {
    this.#room = room;
    this.#number = this.#told = number;
    addEventListener("pagehide", () => this.#leave(), { signal });
    signal.addEventListener("abort", () => this.#tell());
  }

  get number(): number {
    return this.#number;
  }

  reach(number: number): void {
    if (number > this.#number) {
      this.#number = number;
      emit("rooms:read", { room: this.#room, number });
    }
    this.#tellSoon();
  }

  /** After every connect the server says what it knows: what got lost on the way is told again. */
  confirmed(number: number): void {
    this.#told = number;
    this.#number = Math.max(this.#number, number);
    this.#tellSoon();
  }

  get #isTold(): boolean {
    return this.#number <= this.#told;
  }

  #tellSoon(): void {
    if (this.#isTold || this.#timer) return;
    const wait = this.#toldAt + EVERY - performance.now();
    if (wait <= 0) this.#tell();
    else this.#timer = window.setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#isTold) return;
    const before = this.#told;
    this.#told = this.#number;
    this.#toldAt = performance.now();
    if (socket.send({ do: "read", room: Number(this.#room), number: this.#number })) return;
    post(this.#address, this.#fields).catch(() => (this.#told = before));
  }

  #leave(): void {
    if (!this.#isTold) beacon(this.#address, this.#fields);
    this.#told = this.#number;
  }

  get #address(): string {
    return `/rooms/${this.#room}/read/`;
  }

  get #fields(): Record<string, string> {
    return { number: String(this.#number) };
  }
}
