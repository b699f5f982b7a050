/** How well a few typed letters fit a name: in this order, and the better the more they begin words or follow each other. */

const BEGINS = 8;
const FOLLOWS = 5;
const SKIPS = -3;
const LENGTH = 0.05;
const ENOUGH = 3;
const BETWEEN = /[\s\p{P}]/u;

/** Nothing typed that a name does not have: an input method separates the syllables that it is about to turn into characters. */
export function letters(typed: string): string {
  return typed.toLowerCase().replace(/[\s'’]/g, "");
}

/** 0: does not fit. */
export function fit(typed: string, name: string): number {
  const text = name.toLowerCase();
  if (!typed || !isWithin(typed, text)) return 0;
  let ends = text.split("").map((letter, at) => (letter === typed[0] ? worth(text, at) : -Infinity));
  for (const letter of typed.slice(1)) ends = next(ends, letter, text);
  const best = Math.max(...ends) + typed.length;
  return best >= ENOUGH * typed.length ? best - text.length * LENGTH : 0;
}

function isWithin(typed: string, text: string): boolean {
  let at = -1;
  return typed.split("").every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}

/** By place in the text: the best that the letters so far are worth if the last of them stands there. */
function next(ends: number[], letter: string, text: string): number[] {
  let before = -Infinity;
  let neighbour = -Infinity;
  return ends.map((end, at) => {
    const here = text[at] === letter ? Math.max(before + worth(text, at), neighbour + FOLLOWS) : -Infinity;
    before = Math.max(before, end);
    if (!BETWEEN.test(text[at] ?? "")) neighbour = end;
    return here;
  });
}

/** Every character is a word. */
function isHan(letter: string): boolean {
  return letter >= "\u3400" && letter <= "\u9fff";
}

function worth(text: string, at: number): number {
  const begins = at === 0 || BETWEEN.test(text[at - 1] ?? "") || isHan(text[at] ?? "");
  return begins ? BEGINS : SKIPS;
}
