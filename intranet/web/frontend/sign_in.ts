import { command } from "./commands";
import { find } from "./page";

/** The demo's accounts: choosing one signs in as that person. */
command("fill-in", (button) => {
  const name = find<HTMLInputElement>("#login");
  const password = find<HTMLInputElement>("#password");
  if (!name || !password) return;
  name.value = button.dataset.login ?? "";
  password.value = button.dataset.password ?? "";
  name.form?.requestSubmit();
});
