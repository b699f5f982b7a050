/** `<local-time data-zone>`: the time where somebody is, for as long as one looks at it. */

import { find } from "../../web/frontend/page";

const EVERY = 10_000;

class LocalTime extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    this.#show();
    this.#timer = window.setInterval(() => this.#show(), EVERY);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  #show(): void {
    const zone = { timeZone: this.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    this.textContent = new Intl.DateTimeFormat("en-GB", zone).format(new Date());
  }
}

customElements.define("local-time", LocalTime);

/** A department is chosen for what is typed now, not for what was when the page came. */
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("#departments a");
  const field = find<HTMLInputElement>(".find input[name=q]");
  if (!link || !field) return;
  const query = new URLSearchParams(link.search);
  query.set("q", field.value);
  link.search = query.toString();
});
