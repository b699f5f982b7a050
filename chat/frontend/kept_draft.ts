/** `<kept-draft>`: where one may not write any more, what one had begun to write can still be taken along. */

import { copy } from "../../intranet/web/frontend/clipboard";
import { command } from "../../intranet/web/frontend/commands";
import { find } from "../../intranet/web/frontend/page";
import { Draft } from "./draft";

class KeptDraft extends HTMLElement {
  connectedCallback(): void {
    const { text } = new Draft(this.dataset.room);
    const field = find<HTMLTextAreaElement>("textarea", this);
    if (field) field.value = text;
    this.hidden = !text;
  }
}

customElements.define("kept-draft", KeptDraft);

command("copy-draft", (button) => {
  const field = button.closest("kept-draft")?.querySelector("textarea");
  if (field) void copy(field.value, button.dataset.done);
});
