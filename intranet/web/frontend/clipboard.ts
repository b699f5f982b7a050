import { toast } from "./dialogs";

/** The clipboard's own interface needs https; selecting and copying works everywhere. */
export async function copy(text: string, done: string | undefined): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
  } else {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast(done);
}
