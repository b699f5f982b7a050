import { csrfToken } from "./csrf";
import { emit, find } from "./page";
import { isSomebodyElses } from "./person";

const PATIENCE = 15_000;

/** The server said no, in words that can be shown. A failed connection is a `TypeError` instead. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly retryAfter: number,
  ) {
    super(message);
  }

  /** The same request may succeed later. */
  get isTemporary(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 401;
  }
}

export function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return request(url, { headers });
}

export type Fields = Record<string, string> | [name: string, value: string][];

export function post(url: string, fields: Fields, headers: Record<string, string> = {}): Promise<Response> {
  return request(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": csrfToken(), ...headers },
  });
}

/** For what is said while the page goes away: nobody waits for the answer. */
export function beacon(url: string, fields: Record<string, string>): void {
  if (!isSomebodyElses()) navigator.sendBeacon(url, new URLSearchParams({ ...fields, csrfmiddlewaretoken: csrfToken() }));
}

async function request(url: string, init: RequestInit): Promise<Response> {
  if (isSomebodyElses()) throw new Refused(401, "signed_out", find("#taken-notice")?.dataset.said ?? "", 0);
  const headers = { Accept: "application/json", ...init.headers };
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(PATIENCE) });
  if (response.ok && !isSignIn(response)) return response;
  const status = isSignIn(response) ? 401 : response.status;
  if (status === 401) emit("session:ended", null);
  const said = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
  const wait = Number(response.headers.get("Retry-After") ?? 0);
  throw new Refused(status, said.reason ?? "", said.message ?? "", wait);
}

function isSignIn(response: Response): boolean {
  return response.redirected && new URL(response.url).pathname.startsWith("/accounts/");
}
