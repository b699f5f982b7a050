/** What the server says about the page in the attributes of its root, and small helpers on the DOM. */

export const page = document.documentElement.dataset;

export function find<T extends Element = HTMLElement>(selector: string, inside: ParentNode = document): T | null {
  return inside.querySelector<T>(selector);
}

export function findAll<T extends Element = HTMLElement>(selector: string, inside: ParentNode = document): T[] {
  return [...inside.querySelectorAll<T>(selector)];
}

/** The first element that this HTML makes. */
export function parse<T extends Element = HTMLElement>(html: string): T | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild as T | null;
}

/** A copy of `<template data-part="…">`: every word on it came from the server, translated. */
export function part<T extends Element = HTMLElement>(name: string, inside: ParentNode = document): T {
  const template = find<HTMLTemplateElement>(`template[data-part="${name}"]`, inside);
  if (!template?.content.firstElementChild) throw new Error(`no part ${name}`);
  return template.content.firstElementChild.cloneNode(true) as T;
}

/** Puts values into a translated sentence such as "{name} is typing…". */
export function fill(sentence: string | undefined, values: Record<string, string | number>): string {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

export function emit(name: string, detail: unknown): void {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

export function listen<T>(name: string, handler: (detail: T) => void, signal?: AbortSignal): void {
  document.addEventListener(name, (event) => handler((event as CustomEvent<T>).detail), { signal });
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
