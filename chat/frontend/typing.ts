/** Who is writing here right now. */

import { fill, find, listen } from "../../intranet/web/frontend/page";
import type { Frame } from "../../intranet/web/frontend/socket";

const SHOWN_FOR = 5_000;
const writers = new Map<number, { name: string; timer: number }>();

function show(): void {
  const line = find("#typing");
  const words = line && find("span", line);
  if (!line || !words) return;
  const [first, second, third] = [...writers.values()].map(({ name }) => name);
  const sentence = third ? line.dataset.many : second ? line.dataset.two : line.dataset.one;
  line.classList.toggle("shown", Boolean(first));
  words.textContent = first ? fill(sentence, { name: first, other: second ?? "" }) : "";
}

function stop(user: number): void {
  clearTimeout(writers.get(user)?.timer);
  writers.delete(user);
  show();
}

listen<Frame>("live:typing", ({ stream, user, name }) => {
  if (!find(`message-log[data-stream="${stream}"]`)) return;
  clearTimeout(writers.get(user)?.timer);
  writers.set(user, { name, timer: window.setTimeout(() => stop(user), SHOWN_FOR) });
  show();
});

/** What they wrote has arrived. */
listen<Frame>("live:fragment", ({ html }) => {
  const author = /data-author="(\d+)"/.exec(html)?.[1];
  if (author) stop(Number(author));
});
