/** What one is typing, kept on this device for each person and place: a room, or a message that is being edited. */

import { page } from "../../intranet/web/frontend/page";

const PREFIX = `draft:${page.user}:`;

export class Draft {
  #key: string;

  constructor(place: string | undefined) {
    this.#key = `${PREFIX}${place}`;
  }

  /** What follows `start` in the names of the places that have one. */
  static after(start: string): string[] {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + start));
    return keys.map((key) => key.slice(PREFIX.length + start.length));
  }

  get text(): string {
    return localStorage.getItem(this.#key) ?? "";
  }

  set text(text: string) {
    if (text) localStorage.setItem(this.#key, text);
    else localStorage.removeItem(this.#key);
  }
}
