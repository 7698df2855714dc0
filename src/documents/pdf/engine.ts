import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PhiGateError } from '../../errors.ts';
import type { DocumentLimits, DocumentPart } from '../document.ts';
import type { Stopwatch } from '../stopwatch.ts';
import type { PdfAnswer, PdfRequest } from './protocol.ts';

/** Heap of the thread, in MiB; what lies outside of the heap is watched. */
const HEAP = 1024;
/** The process may grow by so much while a document is read. */
const MOST_GROWTH = 1 << 30;
const LOOK_EVERY = 100;

/** Reads one PDF at a time, in a thread that is stopped where it takes too long or too much memory, and starts anew. */
export class PdfEngine {
  #worker: Worker | undefined;
  /** Memory of the process as the document was opened. */
  #before = 0;

  /** @throws PhiGateError `unsupported` for one with a password, `malformed`, `too-large` beyond time or memory. */
  async open(bytes: Uint8Array, limits: DocumentLimits, watch: Stopwatch): Promise<PdfOpened> {
    this.#before = process.memoryUsage.rss();
    const { pages, parts } = await this.#ask({ call: 'open', bytes, limits }, watch);
    return { pages, parts, page: async (page) => (await this.#ask({ call: 'page', page }, watch)).parts };
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #ask(request: PdfRequest, watch: Stopwatch): Promise<Extract<PdfAnswer, { ok: true }>> {
    const answer = await this.#answer(request, watch);
    if (answer.ok) return answer;
    if (answer.failure === 'password')
      throw new PhiGateError('unsupported', 'the PDF is locked with a password; unlock it to have it read');
    throw new PhiGateError('malformed', 'the PDF is broken: its structure cannot be read');
  }

  async #answer(request: PdfRequest, watch: Stopwatch): Promise<PdfAnswer> {
    const worker = this.#worker ?? start();
    this.#worker = worker;
    worker.ref();
    const listeners = new AbortController();
    let look: NodeJS.Timeout | undefined;
    try {
      const asked = Promise.race([
        once(worker, 'message', { signal: listeners.signal }).then(([answer]) => answer as PdfAnswer),
        once(worker, 'exit', { signal: listeners.signal }).then(() => Promise.reject(failed())),
        new Promise<never>((_, reject) => {
          look = setInterval(() => {
            if (watch.isOver) reject(tooLarge('time (limits.documentSeconds)'));
            else if (process.memoryUsage.rss() - this.#before > MOST_GROWTH) reject(tooLarge('memory'));
          }, LOOK_EVERY);
        }),
      ]);
      worker.postMessage(request);
      return await asked;
    } catch (error) {
      this.#worker = undefined;
      worker.on('error', () => undefined);
      await worker.terminate();
      if (error instanceof PhiGateError) throw error;
      // What an error of the thread says may hold what the file says.
      throw (error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge('memory') : failed();
    } finally {
      clearInterval(look);
      listeners.abort();
      // A thread that waits for the next document keeps no program alive.
      worker.unref();
    }
  }
}

/** An open document: what it says besides its pages, and its pages by number from 1. */
export interface PdfOpened {
  readonly pages: number;
  readonly parts: readonly DocumentPart[];
  page(number: number): Promise<readonly DocumentPart[]>;
}

const tooLarge = (what: string): PhiGateError =>
  new PhiGateError('too-large', `reading the PDF took more ${what} than a document may`);

const failed = (): PhiGateError =>
  new PhiGateError('malformed', 'the PDF made its reader fail: it cannot be read');

/** From the sources, as tests run, the thread needs the loader that they have. */
function start(): Worker {
  const options = { resourceLimits: { maxOldGenerationSizeMb: HEAP }, stdout: true, stderr: true };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./thread.js', import.meta.url), options);
  const entry = JSON.stringify(new URL('./thread.ts', import.meta.url).href);
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import(${entry}); })`;
  return new Worker(load, { ...options, eval: true });
}
