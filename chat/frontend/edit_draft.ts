/** An edit that the server does not have yet, with the version it began from: so saving over a newer one is asked about. */

import { Draft } from "./draft";

export class EditDraft {
  #draft: Draft;

  constructor(room: string, message: string) {
    this.#draft = new Draft(`${room}:${message}`);
  }

  /** The messages of the room that have one. */
  static of(room: string): string[] {
    return Draft.after(`${room}:`);
  }

  get isThere(): boolean {
    return this.#draft.text !== "";
  }

  get version(): string {
    return this.#draft.text.split("\n", 1)[0] ?? "";
  }

  get body(): string {
    return this.#draft.text.slice(this.version.length + 1);
  }

  keep(version: string, body: string): void {
    this.#draft.text = `${version}\n${body}`;
  }

  drop(): void {
    this.#draft.text = "";
  }
}
