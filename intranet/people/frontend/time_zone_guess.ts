/** `<time-zone-guess>`: chooses the browser's own time zone, and says so; a choice that was made stays. */

import { find } from "../../web/frontend/page";

class TimeZoneGuess extends HTMLElement {
  connectedCallback(): void {
    const field = find<HTMLSelectElement>("select", this);
    const hint = find("p[hidden]", this);
    if (!field || "chosen" in this.dataset) return;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (![...field.options].some((option) => option.value === own)) return;
    field.value = own;
    if (!hint) return;
    hint.hidden = false;
    field.addEventListener("change", () => {
      hint.hidden = field.value !== own;
    });
  }
}

customElements.define("time-zone-guess", TimeZoneGuess);
