import type { Box, Image } from '../dicom/pixels/image.ts';
import { boxInPicture, composePage, type Page } from './page.ts';
import { Recognizer } from './recognizer.ts';
import { type Region, textRegions } from './regions.ts';
import { mergeReadings } from './words.ts';

/** A word in a picture. */
export interface Word {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** In pixels of the picture. */
  readonly box: Box;
  /** What another pass read in the same place, where it differs. */
  readonly alternative?: string;
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
}

/** Lines on one page: layout analysis gets slow and muddled on long ones. */
const ROWS_A_PAGE = 48;

/**
 * An OCR engine that works offline, with the model from its npm package. No thread is started before there is something
 * to read.
 */
export async function createOcr({ workers = 1, timeout = 60_000 }: OcrOptions = {}): Promise<Ocr> {
  const recognizers = Array.from({ length: Math.max(1, workers) }, () => new Recognizer(timeout));
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
    const pages: Promise<ReadRegion[]>[] = [];
    for (let at = 0; at < regions.length; at += ROWS_A_PAGE) {
      const page = composePage(regions.slice(at, at + ROWS_A_PAGE));
      pages.push(enqueue((recognizer) => readPage(recognizer, page)));
    }
    return (await Promise.all(pages)).flat();
  };

  return {
    readRegions,
    read: async (image) => (await readRegions(textRegions(image))).flatMap(({ words }) => [...words]),
    close: async () => {
      await Promise.all(recognizers.map((recognizer) => recognizer.close()));
    },
  };
}

/** Two passes with different layout analysis: what one misses or splits, the other often reads. */
async function readPage(recognizer: Recognizer, page: Page): Promise<ReadRegion[]> {
  const readings = page.rows.map(() => ({ block: [] as Word[], sparse: [] as Word[] }));
  for (const layout of ['block', 'sparse'] as const) {
    for (const { text, confidence, box } of await recognizer.recognize(page.image, layout)) {
      const place = boxInPicture(page, box);
      if (place !== undefined) readings[place.row]?.[layout].push({ text, confidence, box: place.box });
    }
  }
  return page.rows.map(({ region }, i) => {
    const { block, sparse } = readings[i] as (typeof readings)[number];
    return { region, words: mergeReadings(block, sparse) };
  });
}
