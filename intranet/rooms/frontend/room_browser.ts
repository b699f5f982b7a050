/** `<room-browser>`: the rooms one may find, narrowed while one types; what happens to them elsewhere shows. */

import htmx from "htmx.org";

import { get } from "../../web/frontend/http";
import { find, listen } from "../../web/frontend/page";
import type { Frame } from "../../web/frontend/socket";

const CALM = 250;
const isOurs = (part: string): boolean => part === "browser" || part === "sidebar";

class RoomBrowser extends HTMLElement {
  #leaving = new AbortController();
  #timer = 0;
  #asked = 0;

  connectedCallback(): void {
    const { signal } = this.#leaving;
    const form = find<HTMLFormElement>("form.narrow", this);
    form?.addEventListener("input", () => this.#soon(), { signal });
    form?.addEventListener("submit", (event) => (event.preventDefault(), void this.#fetch()), { signal });
    listen<Frame>("live:changed", ({ what }) => what.some(isOurs) && this.#soon(), signal);
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#fetch(), CALM);
  }

  /** Only the last question's answer is shown, and its address is that of the page. */
  async #fetch(): Promise<void> {
    const form = find<HTMLFormElement>("form.narrow", this);
    const target = find("#found", this);
    if (!form || !target) return;
    const asked = ++this.#asked;
    const address = `${this.dataset.source}?${this.#query(form)}`;
    const response = await get(address, { "HX-Request": "true" }).catch(() => null);
    const text = await response?.text();
    if (text === undefined || asked !== this.#asked) return;
    await htmx.swap({ target, text, swap: "innerMorph" });
    history.replaceState(history.state, "", address);
  }

  #query(form: HTMLFormElement): string {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) fields.set(name, String(value));
    return fields.toString();
  }
}

customElements.define("room-browser", RoomBrowser);
