/** `<filter-list>`: a search field above a list of people; what does not match is hidden, what is ticked stays. */

import { find, findAll } from "../../web/frontend/page";

class FilterList extends HTMLElement {
  connectedCallback(): void {
    const field = find<HTMLInputElement>("input[type=search]", this);
    field?.addEventListener("input", () => this.#narrow(field.value.trim().toLowerCase()));
    field?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      find<HTMLInputElement>("li:not([hidden]) input", this)?.click();
    });
  }

  #narrow(words: string): void {
    for (const row of findAll("li", this)) {
      const isChosen = Boolean(find("input:checked", row));
      const text = `${row.dataset.search} ${row.textContent}`.toLowerCase();
      row.hidden = !isChosen && !text.includes(words);
    }
  }
}

customElements.define("filter-list", FilterList);
