/** Fragments are the same for everybody; a sheet of one's own makes one's own name stand out. */

import { page } from "../../intranet/web/frontend/page";

let isMarked = false;

export function markMentions(): void {
  if (isMarked || !page.user) return;
  isMarked = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `.mention[data-user="${Number(page.user)}"] { background: var(--accent); color: var(--on-accent); }`,
  );
  document.adoptedStyleSheets.push(sheet);
}
