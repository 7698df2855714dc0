import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM, PSM, type Worker, type WorkerParams } from 'tesseract.js';
import type { Box, GreyImage } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';

/** A word as the recogniser saw it on the picture it was given. */
export interface RecognizedWord {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly box: Box;
}

/** `block`: one column of lines; `sparse`: words wherever they stand. */
export type Layout = 'block' | 'sparse';

const MODES: Readonly<Record<Layout, PSM>> = { block: PSM.SINGLE_BLOCK, sparse: PSM.SPARSE_TEXT };

/** Folder of the English model inside its npm package: nothing is fetched, nothing is cached. */
function modelFolder(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int');
}

/**
 * One tesseract.js worker thread. It starts with the first call, and again after it was stopped for taking too long.
 */
export class Recognizer {
  readonly #timeout: number;
  readonly #onCall: ((milliseconds: number) => void) | undefined;
  #worker: Promise<Worker> | undefined;

  /**
   * @param timeout milliseconds that one call may take
   * @param onCall told how many milliseconds each call took, the start of the thread left out
   */
  constructor(timeout: number, onCall?: (milliseconds: number) => void) {
    this.#timeout = timeout;
    this.#onCall = onCall;
  }

  /**
   * Words of dark text on white paper.
   * @throws PhiGateError `too-large` where reading took longer than the limit, `internal` where the engine failed.
   */
  async recognize(image: GreyImage, layout: Layout): Promise<RecognizedWord[]> {
    this.#worker ??= start();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new PhiGateError('too-large', 'reading the text of a frame took too long')),
        this.#timeout,
      );
    });
    try {
      const worker = await Promise.race([this.#worker, late]);
      const started = performance.now();
      const words = await Promise.race([readWith(worker, image, layout), late]);
      this.#onCall?.(performance.now() - started);
      return words;
    } catch (cause) {
      await this.close();
      if (cause instanceof PhiGateError) throw cause;
      throw new PhiGateError('internal', 'the text recogniser failed', {}, cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Stops the thread. A later call starts another. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.then((started) => started.terminate()).catch(() => undefined);
  }
}

async function start(): Promise<Worker> {
  const worker = await createWorker('eng', OEM.LSTM_ONLY, {
    langPath: modelFolder(),
    cacheMethod: 'none',
    gzip: true,
    // Without a handler the library throws where nobody can catch; the promise carries the error all the same.
    errorHandler: () => undefined,
  });
  // A thread that dies with nobody listening would take the process with it; the call it left open ends by the clock.
  (worker as { readonly worker?: EventEmitter }).worker?.on('error', () => undefined);
  // The engine remarks on what it sees; nothing of that belongs on our streams.
  await worker.setParameters({ debug_file: '/dev/null' } as Partial<WorkerParams>);
  return worker;
}

async function readWith(worker: Worker, image: GreyImage, layout: Layout): Promise<RecognizedWord[]> {
  await worker.setParameters({ tessedit_pageseg_mode: MODES[layout], user_defined_dpi: '200' });
  const { data } = await worker.recognize(portableGreyMap(image), {}, { text: false, blocks: true });
  const words: RecognizedWord[] = [];
  for (const block of data.blocks ?? []) {
    for (const paragraph of block.paragraphs) {
      for (const line of paragraph.lines) {
        for (const { text, confidence, bbox } of line.words) {
          const box: Box = [bbox.x0, bbox.y0, bbox.x1 - bbox.x0, bbox.y1 - bbox.y0];
          words.push({ text, confidence: confidence / 100, box });
        }
      }
    }
  }
  return words;
}

/** Netpbm P5: the plainest form that the engine takes, with nothing to compress. */
function portableGreyMap({ width, height, data }: GreyImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}
