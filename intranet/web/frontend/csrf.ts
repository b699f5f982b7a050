/** The token is read from the cookie each time: a sign-in in another tab changes it. */

import { page } from "./page";

export function csrfToken(): string {
  const name = `${page.csrf}=`;
  const cookie = document.cookie.split("; ").find((each) => each.startsWith(name));
  return cookie ? decodeURIComponent(cookie.slice(name.length)) : "";
}

interface Configured {
  ctx: { request: { headers: Record<string, string> } };
}

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as CustomEvent<Configured>).detail;
  if (page.csrf) ctx.request.headers["X-CSRFToken"] = csrfToken();
});
