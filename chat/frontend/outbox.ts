/** What was sent but has not arrived: kept on this device, in order, until the server has it or the sender drops it. */

import { post, Refused } from "../../intranet/web/frontend/http";
import { emit, listen, page } from "../../intranet/web/frontend/page";
import { socket } from "../../intranet/web/frontend/socket";

export interface Entry {
  room: string;
  body: string;
  client: string;
  at: string;
  failed?: string;
  /** The room is out of reach. */
  isGone?: boolean;
}

export interface Rejected {
  entry: Entry;
  status: number;
}

export interface Sent {
  entry: Entry;
  /** Empty where the socket brings it. */
  html: string;
}

const LONGEST_WAIT = 15_000;
/** The socket brings the fragment; drawing it once more would be for nothing (RFC 7240). */
const BRIEFLY = { Prefer: "return=minimal" };

class Outbox {
  #key = `outbox:${page.user}`;
  #isSending = false;
  #attempts = 0;
  #timer = 0;

  constructor() {
    listen("live:connected", () => this.flush());
    addEventListener("online", () => this.flush());
  }

  get entries(): Entry[] {
    return JSON.parse(localStorage.getItem(this.#key) ?? "[]");
  }

  add(room: string, body: string): Entry {
    const entry = { room, body, client: newClientId(), at: new Date().toISOString() };
    this.#save([...this.entries, entry]);
    return entry;
  }

  /** Not to be sent, not to be lost. */
  keep(room: string, body: string, failed: string, isGone = true): void {
    this.#change(this.add(room, body).client, { failed, isGone });
  }

  remove(client: string): void {
    this.#save(this.entries.filter((entry) => entry.client !== client));
  }

  retry(client: string): void {
    this.#change(client, { failed: undefined });
    this.flush();
  }

  flush(): void {
    clearTimeout(this.#timer);
    if (!this.#isSending) void this.#send();
  }

  /** One at a time, so that the order of typing is the order of arrival. */
  async #send(): Promise<void> {
    this.#isSending = true;
    let entry = this.#next();
    while (entry && (await this.#deliver(entry))) entry = this.#next();
    this.#isSending = false;
  }

  #next(): Entry | undefined {
    return this.entries.find((entry) => entry.failed === undefined);
  }

  async #deliver(entry: Entry): Promise<boolean> {
    try {
      const fields = { body: entry.body, client_id: entry.client };
      const response = await post(`/rooms/${entry.room}/messages/`, fields, socket.isOpen ? BRIEFLY : {});
      const html = await response.text();
      this.#attempts = 0;
      this.remove(entry.client);
      emit("outbox:sent", { entry, html });
      return true;
    } catch (problem) {
      return this.#failed(entry, problem);
    }
  }

  #failed(entry: Entry, problem: unknown): boolean {
    if (problem instanceof Refused && !problem.isTemporary) {
      const { message: failed, status } = problem;
      const change = { failed, isGone: status === 404 };
      this.#change(entry.client, change);
      emit("outbox:refused", { entry: { ...entry, ...change }, status });
      return true;
    }
    if (problem instanceof Refused && problem.status === 401) return false;
    const asked = problem instanceof Refused ? problem.retryAfter * 1_000 : 0;
    const wait = Math.min(1_000 * 2 ** this.#attempts++, LONGEST_WAIT);
    this.#timer = window.setTimeout(() => this.flush(), Math.max(asked, wait));
    return false;
  }

  #change(client: string, change: Partial<Entry>): void {
    this.#save(this.entries.map((entry) => (entry.client === client ? { ...entry, ...change } : entry)));
  }

  #save(entries: Entry[]): void {
    localStorage.setItem(this.#key, JSON.stringify(entries));
  }
}

/** `crypto.randomUUID` is for https only. */
function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const outbox = new Outbox();
