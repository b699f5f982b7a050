import { toast } from "./dialogs";
import { warn } from "./notices";
import { find } from "./page";

export async function copy(text: string, done: string | undefined): Promise<void> {
  if ((await write(text)) || select(text)) toast(done);
  else warn(find("#notices")?.dataset.notCopied);
}

/** The clipboard's own interface needs https and the person's consent; selecting and copying works everywhere. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function select(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}
