/** The formatting buttons: Markdown around what is selected, in a way that undo understands. */

const AROUND: Record<string, string> = { bold: "**", italic: "*" };

export function format(field: HTMLTextAreaElement, kind: string): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const selected = value.slice(start, end);
  field.focus();
  const around = AROUND[kind];
  if (around) wrap(field, selected, around, around);
  else if (kind === "code" && selected.includes("\n")) wrap(field, selected, "```\n", "\n```");
  else if (kind === "code") wrap(field, selected, "`", "`");
  else if (kind === "link") wrap(field, selected, "[", "](https://)");
  else if (kind === "list") insert(field, listed(value, start, selected));
  else if (kind === "mention") insert(field, "@");
}

/** With nothing selected the caret ends up between the marks. */
function wrap(field: HTMLTextAreaElement, selected: string, before: string, after: string): void {
  const at = field.selectionStart + before.length;
  insert(field, before + selected + after);
  if (!selected) field.setSelectionRange(at, at);
}

function listed(value: string, start: number, selected: string): string {
  const isLineStart = start === 0 || value[start - 1] === "\n";
  return (isLineStart ? "" : "\n") + selected.split("\n").map((line) => `- ${line}`).join("\n");
}

export function insert(field: HTMLTextAreaElement, text: string): void {
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
