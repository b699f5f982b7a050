/** What one types into the directory stays in the address, for going back to it and for choosing a department. */

import { find } from "../../web/frontend/page";

const form = find<HTMLFormElement>(".find form");

form?.addEventListener("input", () => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.set(name, String(value));
  history.replaceState(history.state, "", `${form.action}?${query}`);
});

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("#departments a");
  const field = form && find<HTMLInputElement>("input[name=q]", form);
  if (!link || !field) return;
  const query = new URLSearchParams(link.search);
  query.set("q", field.value);
  link.search = query.toString();
});
