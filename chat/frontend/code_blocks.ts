/** Every block of code gets a button that copies it. */

import { copy } from "../../intranet/web/frontend/clipboard";
import { command } from "../../intranet/web/frontend/commands";
import { find, findAll, part } from "../../intranet/web/frontend/page";

export function offerCopies(log: HTMLElement): void {
  for (const header of findAll(".code-block > header", log)) {
    if (!find("button", header)) header.append(part("copy-code", log));
  }
}

command("copy-code", (button) => {
  const code = button.closest(".code-block")?.querySelector("pre")?.textContent ?? "";
  void copy(code.replace(/\n$/, ""), button.dataset.done);
});
