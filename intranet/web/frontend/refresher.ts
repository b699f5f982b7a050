/** Fetches something anew, once for a burst of reasons; what fails is tried again, ever less often, until it succeeds. */

import { Refused } from "./http";

const CALM = 300;
const LONGEST_WAIT = 15_000;

export class Refresher {
  #fetch: () => Promise<void>;
  #isRunning = false;
  #isStopped = false;
  #isStale = false;
  #attempts = 0;
  #timer = 0;

  constructor(fetch: () => Promise<void>) {
    this.#fetch = fetch;
  }

  request(wait = CALM): void {
    if (this.#isStopped) return;
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#run(), wait);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#isStale = false;
    try {
      await this.#fetch();
      this.#attempts = 0;
    } catch (problem) {
      this.#failed(problem);
    } finally {
      this.#isRunning = false;
    }
    if (this.#isStale) this.request(this.#wait());
  }

  /** What is refused for good would be refused again. */
  #failed(problem: unknown): void {
    if (problem instanceof Refused && !problem.isTemporary) return;
    this.#attempts += 1;
    this.#isStale = true;
  }

  #wait(): number {
    return this.#attempts ? Math.min(500 * 2 ** this.#attempts, LONGEST_WAIT) : CALM;
  }
}
