import { PdfEngine } from './engine.ts';

/** Threads for PDFs: as many as documents are read at a time, each for one document from its beginning to its end. */
export class PdfEngines {
  readonly #all: PdfEngine[] = [];
  readonly #idle: PdfEngine[] = [];

  take(): PdfEngine {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const engine = new PdfEngine();
    this.#all.push(engine);
    return engine;
  }

  giveBack(engine: PdfEngine): void {
    this.#idle.push(engine);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((engine) => engine.close()));
  }
}
