import type { Box, Image } from '../dicom/pixels/image.ts';
import { readRows } from './passes.ts';
import { Recognizer } from './recognizer.ts';
import { type Region, textRegions } from './regions.ts';
import type { Turn } from './turn.ts';

/** A word in a picture. */
export interface Word {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** In pixels of the picture. */
  readonly box: Box;
  /** What another pass read in the same place, where it differs. */
  readonly alternative?: string;
  /** How the text is turned in the picture; upright where absent. */
  readonly turn?: Turn;
}

/** A region and the words that were read in it; none where it could not be read. */
export interface ReadRegion {
  readonly region: Region;
  readonly words: readonly Word[];
}

export interface Ocr {
  /** Words of a picture, wherever it has text-like regions. */
  read(image: Image): Promise<Word[]>;
  /** The same for regions that were found already. */
  readRegions(regions: readonly Region[]): Promise<ReadRegion[]>;
  close(): Promise<void>;
}

export interface OcrOptions {
  /** Threads; each takes about 120 MB. */
  readonly workers?: number;
  /** Milliseconds for one page of lines. */
  readonly timeout?: number;
  /** Told how many milliseconds each call of the recogniser took. */
  readonly onCall?: (milliseconds: number) => void;
}

/** Lines on one page: layout analysis gets slow and muddled on long ones. */
const ROWS_A_PAGE = 48;

/**
 * An OCR engine that works offline, with the model from its npm package. No thread is started before there is something
 * to read.
 */
export async function createOcr({ workers = 1, timeout = 60_000, onCall }: OcrOptions = {}): Promise<Ocr> {
  const recognizers = Array.from({ length: Math.max(1, workers) }, () => new Recognizer(timeout, onCall));
  const queues = recognizers.map(() => Promise.resolve());
  let next = 0;

  /** One page at a time for each thread. */
  const enqueue = <T>(work: (recognizer: Recognizer) => Promise<T>): Promise<T> => {
    const lane = next++ % recognizers.length;
    const result = (queues[lane] as Promise<void>).then(() => work(recognizers[lane] as Recognizer));
    queues[lane] = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };

  const readRegions = async (regions: readonly Region[]): Promise<ReadRegion[]> => {
    const lines = regions.filter(({ code }) => code === undefined);
    const pages: Promise<ReadRegion[]>[] = [];
    for (let at = 0; at < lines.length; at += ROWS_A_PAGE) {
      const rows = lines.slice(at, at + ROWS_A_PAGE);
      pages.push(enqueue((recognizer) => readRows(recognizer, rows)));
    }
    const codes = regions.filter(({ code }) => code !== undefined).map((region) => ({ region, words: [] }));
    return [...codes, ...(await Promise.all(pages)).flat()];
  };

  return {
    readRegions,
    read: async (image) => (await readRegions(textRegions(image))).flatMap(({ words }) => [...words]),
    close: async () => {
      await Promise.all(recognizers.map((recognizer) => recognizer.close()));
    },
  };
}
