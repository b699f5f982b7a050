/** What one is typing, kept on this device for each person and room. */

import { page } from "../../intranet/web/frontend/page";

export class Draft {
  #key: string;

  constructor(room: string | undefined) {
    this.#key = `draft:${page.user}:${room}`;
  }

  get text(): string {
    return localStorage.getItem(this.#key) ?? "";
  }

  set text(text: string) {
    if (text) localStorage.setItem(this.#key, text);
    else localStorage.removeItem(this.#key);
  }
}
