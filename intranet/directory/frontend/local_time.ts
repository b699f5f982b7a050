/** `<local-time data-zone>`: the time where somebody is, for as long as one looks at it. */

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
