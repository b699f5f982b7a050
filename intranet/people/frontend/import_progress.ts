import "./imports.css";

const PAUSE = 1000;

/** Shows how far an import is, until it is over; without this script the page shows it when reloaded. */
class ImportProgress extends HTMLElement {
  private timer = 0;

  connectedCallback() {
    this.wait();
  }

  disconnectedCallback() {
    window.clearTimeout(this.timer);
  }

  private wait() {
    if (this.querySelector("[data-running]")) this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask() {
    try {
      const response = await fetch(this.dataset.address!, { headers: { Accept: "text/html" } });
      if (response.ok && !response.redirected) this.innerHTML = await response.text();
    } catch {
      // The server does not answer for a moment: the import goes on, and so does the asking.
    }
    this.wait();
  }
}

customElements.define("import-progress", ImportProgress);
