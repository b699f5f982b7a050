/** Whose page this is. Once somebody else has signed in in this browser, nothing may be done from here: it would be theirs. */

import { emit, page } from "./page";

const KEY = "person";
let isOver = false;

export function isSomebodyElses(): boolean {
  return isOver;
}

/** The server says who is signed in; the other pages of this browser hear it too. */
export function signedIn(user: string): void {
  localStorage.setItem(KEY, user);
  heard(user);
}

function heard(user: string | null): void {
  if (isOver || !page.user || !user || user === page.user) return;
  isOver = true;
  emit("session:taken", null);
}

addEventListener("storage", ({ key, newValue }) => key === KEY && heard(newValue));
addEventListener("pageshow", ({ persisted }) => persisted && heard(localStorage.getItem(KEY)));
document.addEventListener("htmx:config:request", (event) => isOver && event.preventDefault());
