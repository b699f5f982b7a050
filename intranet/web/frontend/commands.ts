/** A button says what it does in `data-command`; whoever can do it registers here. */

type Command = (button: HTMLElement, event: Event) => void;

const commands = new Map<string, Command>();

export function command(name: string, run: Command): void {
  commands.set(name, run);
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-command]");
  if (button) commands.get(button.dataset.command ?? "")?.(button, event);
});
