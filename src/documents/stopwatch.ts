import { PhiGateError } from '../errors.ts';

/** Counts the time that reading takes, and not the time that others take with what was read. */
export class Stopwatch {
  #end: number;
  #pausedAt: number | undefined;

  constructor(seconds: number) {
    this.#end = Date.now() + seconds * 1000;
  }

  pause(): void {
    this.#pausedAt = Date.now();
  }

  goOn(): void {
    if (this.#pausedAt !== undefined) this.#end += Date.now() - this.#pausedAt;
    this.#pausedAt = undefined;
  }

  get isOver(): boolean {
    return Date.now() > this.#end;
  }

  /** @throws PhiGateError `too-large` when time is up. */
  check(): void {
    if (this.isOver)
      throw new PhiGateError('too-large', 'reading the document took longer than limits.documentSeconds');
  }
}
