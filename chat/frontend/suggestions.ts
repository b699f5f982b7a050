/** After an @: the people of the room, narrowed by what is typed, chosen with keys or pointer. */

import { find, findAll } from "../../intranet/web/frontend/page";
import { insert } from "./format";

const MOST = 8;
const UNFINISHED = /(?:^|[^A-Za-z0-9])@([^@\n]{0,24})$/;

export class Suggestions {
  #field: HTMLTextAreaElement;
  #list: HTMLElement;
  #people: HTMLElement[];
  #typed = "";

  constructor(composer: HTMLElement, field: HTMLTextAreaElement) {
    this.#field = field;
    this.#list = find(".suggestions", composer) as HTMLElement;
    const people = find<HTMLTemplateElement>('template[data-part="people"]', composer);
    this.#people = people ? findAll("li", people.content) : [];
    field.addEventListener("input", () => this.update());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => this.#point(event));
  }

  update(): void {
    const before = this.#field.value.slice(0, this.#field.selectionStart);
    const found = UNFINISHED.exec(before)?.[1];
    const people = found === undefined ? [] : this.#people.filter((person) => matches(person, found)).slice(0, MOST);
    if (!people.length) return this.#close();
    this.#typed = found ?? "";
    this.#list.replaceChildren(...people.map((person, index) => option(person, index)));
    this.#list.hidden = false;
    this.#select(0);
  }

  #close(): void {
    this.#list.hidden = true;
    this.#field.removeAttribute("aria-activedescendant");
  }

  #key(event: KeyboardEvent): void {
    if (this.#list.hidden || event.isComposing) return;
    const options = findAll("li", this.#list);
    const at = options.findIndex((each) => each.ariaSelected === "true");
    if (event.key === "ArrowDown") this.#select((at + 1) % options.length);
    else if (event.key === "ArrowUp") this.#select((at - 1 + options.length) % options.length);
    else if (event.key === "Enter" || event.key === "Tab") this.#choose(options[at]);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #select(index: number): void {
    findAll("li", this.#list).forEach((each, at) => (each.ariaSelected = String(at === index)));
    this.#field.setAttribute("aria-activedescendant", `suggestion-${index}`);
  }

  /** Pointer down, not click: the field keeps the focus. */
  #point(event: PointerEvent): void {
    event.preventDefault();
    this.#choose((event.target as Element).closest("li") ?? undefined);
  }

  #choose(chosen: HTMLElement | undefined): void {
    if (!chosen) return;
    const end = this.#field.selectionStart;
    this.#field.setSelectionRange(end - this.#typed.length, end);
    insert(this.#field, `${this.#nameOf(chosen)} `);
    this.#close();
  }

  /** A name that two people have means neither of them; the user name is always one person's. */
  #nameOf({ dataset: { shown = "", username = "" } }: HTMLElement): string {
    const owners = this.#people.filter((person) => namesOf(person).some((name) => fold(name) === fold(shown)));
    return owners.length > 1 ? username : shown;
  }
}

function option(person: HTMLElement, index: number): HTMLElement {
  const row = person.cloneNode(true) as HTMLElement;
  row.id = `suggestion-${index}`;
  return row;
}

function matches(person: HTMLElement, typed: string): boolean {
  const words = fold(typed);
  const names = [person.dataset.shown ?? "", ...namesOf(person)].map(fold);
  return names.some((name) => [name, ...name.split(" ")].some((word) => word.startsWith(words)));
}

function namesOf({ dataset: { name = "", englishName = "", username = "" } }: HTMLElement): string[] {
  return [name, englishName, username];
}

/** As the server compares them. */
function fold(name: string): string {
  return name.toUpperCase().toLowerCase();
}
