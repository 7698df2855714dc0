import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../src/rules.ts';
import type { LabelledSpan, LabelledText } from './labelled.ts';

interface Published {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[];
}

const TYPES: Readonly<Record<string, LabelledSpan['type']>> = {
  NAME: 'NAME',
  LOC: 'LOC',
  ADDRESS: 'LOC',
  ORG: 'LOC',
  ZIP: 'LOC',
  DATE: 'DATE',
};

/** A published set of texts; spans in UTF-16 units. Offsets of the files count code points. */
function read(name: string): Published[] {
  const folder = process.env.PHI_GATE_CORPORA ?? packagePath('../shared/corpora');
  const texts = JSON.parse(readFileSync(join(folder, 'text', `${name}.json`), 'utf8')) as Published[];
  return texts.map(({ text, spans }) => {
    const units: number[] = [];
    let unit = 0;
    for (const point of text) {
      units.push(unit);
      unit += point.length;
    }
    units.push(unit);
    return {
      text,
      spans: spans.map(({ start, end, type }) => ({ start: units[start] ?? 0, end: units[end] ?? 0, type })),
    };
  });
}

const labelled = (
  { text, spans }: Published,
  judge: (value: string, type: string) => LabelledSpan['type'],
) => ({
  text,
  spans: spans
    .map(({ start, end, type }) => ({ start, end, type: judge(text.slice(start, end), type) }))
    .sort((a, b) => a.start - b.start),
});

/** Clinical questions with identifiers (ASQ-PHI, the half for development). */
export const asqPhi = (): LabelledText[] =>
  read('asq-phi-dev').map((one) => labelled(one, (_, type) => TYPES[type] ?? 'ID'));

/**
 * Sentences with names of many nations (presidio-research, synthetic). Years, weekdays and countries are labelled there
 * and are no identifiers here: open.
 */
export const presidio = (): LabelledText[] =>
  read('presidio-synth-v2').map((one) =>
    labelled(one, (value, type) => (isOpen(value, type) ? 'OPEN' : (TYPES[type] ?? 'ID'))),
  );

/** The same as it was published: everything counts. */
export const presidioAsPublished = (): LabelledText[] =>
  read('presidio-synth-v2').map((one) => labelled(one, (_, type) => TYPES[type] ?? 'ID'));

/** Clinical notes without labels (MTSamples, the half for development). */
export const clinicalNotes = (): string[] => read('mtsamples-dev').map(({ text }) => text);

const COUNTRIES = new Set(countryNames());

function countryNames(): string[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((a) => letters.map((b) => names.of(a + b) ?? '').filter((name) => name.length > 2));
}

const isOpen = (value: string, type: string): boolean =>
  (type === 'DATE' && /^(?:\d{4}|\p{L}+day)$/u.test(value)) ||
  (type === 'LOC' && COUNTRIES.has(value.replace(/^the /i, '')));
