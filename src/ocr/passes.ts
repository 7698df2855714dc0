import { isExplained } from './explained.ts';
import { type Approach, boxInPicture, composePage, type Preparation } from './page.ts';
import type { ReadRegion, Word } from './reader.ts';
import type { Layout, Recognizer } from './recognizer.ts';
import type { Region } from './regions.ts';
import type { Turn } from './turn.ts';
import { FAINTEST, legible, lettersOf, mergeReadings } from './words.ts';

interface Pass {
  readonly layout: Layout;
  readonly preparation: Preparation;
}

/** What one pass misses or splits, the other often reads: they differ in layout analysis and in preparation. */
const FIRST: Pass = { layout: 'block', preparation: { glyphHeight: 32, margin: 0.3, flat: true } };
const SECOND: Pass = {
  layout: 'block',
  preparation: { glyphHeight: 32, margin: 0.35, flat: true, melted: 10 },
};
const THIRD: Pass = { layout: 'sparse', preparation: { glyphHeight: 40, margin: 0.35, flat: false } };

/** A line all of whose words are as certain as this, and that has its letters, is not read a second time. */
const CERTAIN = 0.9;
const COMPLETE = 0.8;

interface Reading {
  readonly turn: Turn;
  readonly words: readonly Word[];
}

/**
 * Reads lines on one page, and those that were not read for certain on a second one. Lines that run down or up are tried both
 * ways; level ones that make no sense are tried upside down, and what nobody could read so far comes on a third page.
 */
export async function readRows(recognizer: Recognizer, regions: readonly Region[]): Promise<ReadRegion[]> {
  const first = await readPage(recognizer, FIRST, regions, (region) => (region.vertical ? [90, 270] : [0]));
  const best = first.map((readings) => mostSensible(readings));
  const doubtful = regions.filter((region, i) => !isCertain(region, best[i]?.words ?? []));
  const second = await readPage(recognizer, SECOND, doubtful, (region) => {
    const before = best[regions.indexOf(region)];
    if (before === undefined) return [];
    return before.turn === 0 && sense(before.words) < region.letters * MUDDLED ? [0, 180] : [before.turn];
  });
  const both = withoutFlukes(
    regions.map((region, i) => {
      const readings = second[doubtful.indexOf(region)] ?? [];
      return { region, before: best[i], reading: merged(best[i], mostSensible(readings)) };
    }),
  );
  const muddled = both.filter(
    ({ region, reading }) =>
      reading?.turn === 180 || (region.sure && !isExplained(region, reading?.words ?? [])),
  );
  const third = await readPage(
    recognizer,
    THIRD,
    muddled.map(({ region }) => region),
    (region) => muddled.flatMap((one) => (one.region === region ? [one.reading?.turn ?? 0] : [])),
  );
  return both.map((one) => {
    const again = mostSensible(third[muddled.indexOf(one)] ?? []);
    return { region: one.region, words: merged(one.reading, again)?.words ?? [] };
  });
}

/** Sense a letter below which a line may stand on its head. */
const MUDDLED = 0.3;

interface Attempt {
  readonly region: Region;
  readonly before: Reading | undefined;
  readonly reading: Reading | undefined;
}

/** Sense that one line on its head must make among upright ones: eight letters of good certainty. */
const ON_ITS_OWN = 4;

/** Short words make sense on their heads by chance: they stay upright unless most of the page stands on its head. */
function withoutFlukes(attempts: readonly Attempt[]): Attempt[] {
  const senseOf = (overturned: boolean) =>
    attempts.reduce(
      (sum, { reading }) => sum + ((reading?.turn === 180) === overturned ? sense(reading?.words ?? []) : 0),
      0,
    );
  if (senseOf(true) > senseOf(false)) return [...attempts];
  return attempts.map((attempt) => {
    const { before, reading } = attempt;
    const isFluke = reading?.turn === 180 && sense(reading.words) < ON_ITS_OWN;
    return isFluke ? { ...attempt, reading: before } : attempt;
  });
}

/** How much more sense a line must make on its head: `ZOOM` makes some. */
const OVERTURNED = 1.5;

/** Two readings of the same way up complete one another; of two ways up the one that makes sense holds. */
function merged(a: Reading | undefined, b: Reading | undefined): Reading | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.turn === b.turn) return { turn: a.turn, words: mergeReadings(a.words, b.words) };
  const needed = b.turn === 180 ? OVERTURNED : 1;
  return needed * sense(a.words) >= sense(b.words) ? a : b;
}

function mostSensible(readings: readonly Reading[]): Reading | undefined {
  return readings.reduce<Reading | undefined>(
    (best, reading) => (best === undefined || sense(reading.words) > sense(best.words) ? reading : best),
    undefined,
  );
}

/** How many letters were read, each for what certainty it has beyond that of noise. */
function sense(words: readonly Word[]): number {
  return words.reduce((sum, word) => sum + lettersOf(word) * Math.max(0, word.confidence - 0.35), 0);
}

function isCertain(region: Region, words: readonly Word[]): boolean {
  const letters = words.reduce((sum, word) => sum + lettersOf(word), 0);
  return letters >= COMPLETE * region.letters && words.every((word) => word.confidence >= CERTAIN);
}

/** One call for all regions, each turned in all ways that `turns` names. */
async function readPage(
  recognizer: Recognizer,
  { layout, preparation }: Pass,
  regions: readonly Region[],
  turns: (region: Region) => readonly Turn[],
): Promise<Reading[][]> {
  const approaches: Approach[] = regions.flatMap((region) => turns(region).map((turn) => ({ region, turn })));
  if (approaches.length === 0) return regions.map(() => []);
  const page = composePage(approaches, preparation);
  const words: Word[][] = approaches.map(() => []);
  for (const { text, confidence, box } of await recognizer.recognize(page.image, layout)) {
    const place = boxInPicture(page, box);
    const turn = approaches[place?.row ?? -1]?.turn;
    if (place === undefined || turn === undefined) continue;
    words[place.row]?.push({ text, confidence, box: place.box, ...(turn !== 0 && { turn }) });
  }
  return regions.map((region) =>
    approaches.flatMap((approach, i) =>
      // In a line that is text for sure, an uncertain reading is still worth a detector's look.
      approach.region === region
        ? [{ turn: approach.turn, words: legible(words[i] ?? [], region.sure ? 0 : FAINTEST) }]
        : [],
    ),
  );
}
