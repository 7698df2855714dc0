import { languageDetector } from '../../../src/detect/language/detector.ts';
import { mergeHits } from '../../../src/detect/merge.ts';
import { patternDetector, textPassage } from '../../../src/detect/patterns.ts';
import type { Hit } from '../../../src/model/finding.ts';
import { Random } from '../../random.ts';
import { type Goal, percent } from '../../score/table.ts';
import { asqPhi, clinicalNotes, presidio } from '../corpora.ts';
import type { Part } from '../part.ts';
import { tallyOf } from '../tally.ts';
import { AGES, oldAge, youngAge } from './ages.ts';
import { DATES, someDay } from './dates.ts';
import { hardNegatives, YOUNG } from './negatives.ts';
import { type Half, type PlantedText, plant } from './slots.ts';

const SEED = 20_260_401;
const TIMES = 3;
/** Slots whose shapes are no full date: shown, with no goal of their own. */
const PARTIAL = new Set([
  'day and month',
  'day and month in numbers, cued',
  'month and year',
  'season or quarter and year',
  'holidays',
  'relative to a named month or weekday',
]);

const detectors = [patternDetector(), languageDetector()];
const hitsIn = (text: string): Hit[] =>
  mergeHits(detectors.flatMap((detector) => detector.detect(textPassage(text)))).filter(
    ({ category }) => category === 'C',
  );

interface Score {
  all: number;
  touched: number;
  covered: number;
}

/** Ages over 89 and dates in the shapes that people write, against numbers that look like them. */
export const dates: Part = {
  id: 'dates',
  title: 'Ages over 89 and dates (generated; half of the pairings of shape and sentence held out)',
  measure() {
    const goals: Goal[] = [];
    const misses: string[] = [];
    for (const half of ['seen', 'held out'] as const) measureHalf(half, goals, misses);
    const clean = hardNegatives(new Random(SEED));
    const alarms = clean.filter(({ text }) => hitsIn(text).length > 0);
    goals.push({ what: 'hard negatives flagged', ...percent(alarms.length, clean.length), atMost: 2 });
    misses.push(...alarms.map(({ text }) => `alarm: ${text} -> ${shown(text)}`));
    goals.push(...publishedGoals(misses));
    return { goals, misses };
  },
};

/** Dates of the published sets. Notes are not labelled: most of what is flagged there is a date indeed. */
function publishedGoals(misses: string[]): Goal[] {
  const sets = [
    { name: 'ASQ-PHI dev', texts: asqPhi(), atLeast: 99 },
    { name: 'presidio-synth-v2', texts: presidio(), atLeast: undefined },
  ];
  const labelled = sets.flatMap(({ name, texts, atLeast }): Goal[] => {
    const dated = texts.map(({ text, spans }) => ({
      text,
      spans: spans.filter(({ type }) => type === 'DATE'),
    }));
    const tally = tallyOf(dated, hitsIn);
    misses.push(
      ...tally.misses.filter((miss) => !miss.startsWith('flagged')).map((miss) => `${name}: ${miss}`),
    );
    const goal = atLeast === undefined ? {} : { atLeast };
    return [
      { what: `${name}: dates, touched`, ...percent(tally.touched, tally.spans), ...goal },
      { what: `${name}: dates, covered`, ...percent(tally.covered, tally.spans), ...goal },
    ];
  });
  const notes = clinicalNotes();
  const words = notes.reduce((sum, text) => sum + text.split(/\s+/).length, 0);
  const flags = notes.reduce((sum, text) => sum + hitsIn(text).length, 0);
  const rate = {
    value: (1000 * flags) / words,
    unit: ' in 1,000 words',
    of: `${flags} flags, true dates included`,
  };
  return [...labelled, { what: 'MTSamples dev: ages and dates flagged', ...rate }];
}

/** Adds the figures of one half; of the held-out half no miss is shown, so that no rule is written by it. */
function measureHalf(half: Half, goals: Goal[], misses: string[]): void {
  const options = { half, seed: SEED, times: TIMES };
  const missed = (text: PlantedText, how: string): void => {
    if (half === 'seen')
      misses.push(`${how}: [${text.slot}: ${text.form}] ${text.text} -> ${shown(text.text)}`);
  };
  const ages = scoreOf(plant(AGES, oldAge, options), missed);
  const planted = plant(DATES, someDay, options);
  const full = scoreOf(
    planted.filter(({ slot }) => !PARTIAL.has(slot)),
    missed,
  );
  const rows: [string, Score, number | undefined][] = [
    ['ages over 89', ages, 99],
    ['full dates', full, 99],
  ];
  for (const slot of PARTIAL) {
    const texts = planted.filter((text) => text.slot === slot);
    rows.push([slot, scoreOf(texts, missed), 95]);
  }
  for (const [what, score, atLeast] of rows) {
    goals.push(
      {
        what: `${half}: ${what}, touched`,
        ...percent(score.touched, score.all),
        ...(atLeast && { atLeast }),
      },
      {
        what: `${half}: ${what}, covered`,
        ...percent(score.covered, score.all),
        ...(atLeast && { atLeast }),
      },
    );
  }
  const young = plant(YOUNG, youngAge, { ...options, times: 20 });
  const flagged = young.filter(({ text }) => hitsIn(text).length > 0);
  for (const text of flagged) missed(text, 'alarm');
  goals.push({ what: `${half}: ages under 90 flagged`, ...percent(flagged.length, young.length), atMost: 0 });
}

function scoreOf(texts: readonly PlantedText[], missed: (text: PlantedText, how: string) => void): Score {
  const score: Score = { all: 0, touched: 0, covered: 0 };
  for (const planted of texts) {
    const [start, end] = planted.span ?? [0, 0];
    const hits = hitsIn(planted.text).filter((hit) => hit.start < end && start < hit.end);
    const isCovered = [...identifying(planted, start, end)].every((at) =>
      hits.some((hit) => hit.start <= at && at < hit.end),
    );
    score.all++;
    if (hits.length > 0) score.touched++;
    if (hits.length > 0 && isCovered) score.covered++;
    if (hits.length === 0) missed(planted, 'missed');
    else if (!isCovered) missed(planted, 'partly');
  }
  return score;
}

/** What of an age tells it: its number; what follows (`-year-old`, `F`) may stay. Of a date all letters and digits. */
const AGE_NUMBER =
  /\d+|\b(?:(?:one|a) hundred(?: and \w+)?|ninet(?:y|ies)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine|first|second|third|\w+th))?|hundredth|(?:non|cent)\w+arian)\b/giu;

function* identifying({ text, slot }: PlantedText, start: number, end: number): Generator<number> {
  const isAge = AGES.some(({ name }) => name === slot);
  const part = text.slice(start, end);
  for (const match of part.matchAll(isAge ? AGE_NUMBER : /[\p{L}\d]+/gu)) {
    for (let i = 0; i < match[0].length; i++) yield start + match.index + i;
  }
}

function shown(text: string): string {
  return hitsIn(text)
    .map(({ start, end, rule, tier }) => `«${[...text].slice(start, end).join('')}» ${rule} ${tier}`)
    .join(', ');
}
