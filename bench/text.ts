import { patternDetector, textPassage } from '../dist/detect/patterns.js';
import { loadRules } from '../dist/detect/rule.js';
import { taggerDetector } from '../dist/detect/tagger/detector.js';
import { Random } from '../eval/random.ts';
import { readWordList } from '../src/rules.ts';
import type { Row } from './table.ts';

/** Texts are made, so that the bench needs nothing but this repository: seeded, each unlike the others. */
const SEED = 20_260_107;
const NOTE_CHARACTERS = 3000;

/**
 * Megabytes of text that the detectors read in a second on one core, each note for the first time; and the same notes once
 * more, which are remembered. The floor is a loop that counts digits in the same notes.
 */
export function benchText(megabytes: number): Row[] {
  const random = new Random(SEED);
  const prose = notes(random, megabytes, 0.05);
  const numbers = notes(random, megabytes, 0.5);
  const patterns = patternDetector();
  const look = (text: string): number => patterns.detect(textPassage(text)).length;
  const tagger = taggerDetector();
  const both = (text: string): number => look(text) + tagger.detect(textPassage(text)).length;
  const warm = notes(random, 0.3, 0.2);
  speedOf(warm, both);
  speedOf(warm, digitsIn);
  return [
    mbPerSecond('patterns, clinical prose', speedOf(prose, look), 3),
    mbPerSecond('patterns, the same notes once more', speedOf(prose, look), 50),
    mbPerSecond('patterns, notes dense in numbers', speedOf(numbers, look), 3),
    mbPerSecond('patterns and tagger, clinical prose', speedOf(notes(random, 1, 0.05), both), 1),
    mbPerSecond('  a look at each character, clinical prose', speedOf(prose, digitsIn)),
  ];
}

function digitsIn(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
  }
  return digits;
}

const mbPerSecond = (what: string, value: number, atLeast?: number): Row => ({
  what,
  cpu: 0,
  wall: 0,
  status: 0,
  figure: { value, unit: 'MB/s', ...(atLeast !== undefined && { atLeast }) },
});

/** 10^6 characters a second, ASCII nearly all. */
function speedOf(texts: readonly string[], look: (text: string) => number): number {
  const before = process.cpuUsage();
  let found = 0;
  for (const text of texts) found += look(text);
  const { user, system } = process.cpuUsage(before);
  if (found < 0) throw new Error('nothing can be found less than never');
  return texts.reduce((sum, { length }) => sum + length, 0) / (user + system);
}

/** Notes of plain words, numbers as they stand in charts, and now and then an identifier of the rules' own samples. */
function notes(random: Random, megabytes: number, numbers: number): string[] {
  const words = readWordList('plain');
  const samples = loadRules().flatMap(({ source }) => source.hits.map((hit) => hit.replace(/[«»]/g, '')));
  const number = (): string => {
    const digit = () => String(random.whole(0, 9));
    const shape = random.pick([
      '#',
      '##',
      '###',
      '#.#',
      '##.#',
      '###/##',
      '#-#',
      '####',
      '#,###',
      '##%',
      '#:##',
      '## mg',
    ]);
    return shape.replace(/#/g, digit);
  };
  const note = (): string => {
    const parts: string[] = [];
    for (let length = 0; length < NOTE_CHARACTERS; ) {
      const roll = random.next();
      const word = roll < numbers ? number() : roll > 0.998 ? random.pick(samples) : random.pick(words);
      const starts = random.chance(0.08);
      parts.push(
        starts ? `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}` : word,
        random.chance(0.08) ? '. ' : ' ',
      );
      length += word.length + 1;
    }
    return parts.join('');
  };
  return Array.from({ length: Math.ceil((megabytes * 1e6) / NOTE_CHARACTERS) }, note);
}
