import type { Detector } from '../../src/detect/detector.ts';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { taggerDetector } from '../../src/detect/tagger/detector.ts';
import { Random } from '../random.ts';
import { fitTagger } from '../train/fit.ts';
import { clinicalNotes, presidioAsPublished } from './corpora.ts';
import { findWith } from './find.ts';
import { generateStress, STRESS_FORMS } from './generate/generate.ts';
import type { LabelledText } from './labelled.ts';
import type { Part } from './part.ts';
import { goalsOf, type Tally, tallyOf } from './tally.ts';
import { type TrainingSets, trainingSets } from './training.ts';

const FOLDS = 5;
const STRESS_TEXTS = 100;
const STRESS_SEED = 77;

let sets:
  | (Pick<TrainingSets, 'asq' | 'presidio' | 'notes'> & { readonly own: readonly LabelledText[] })
  | undefined;

/** Training texts by where they come from; `own`: generated, written and of the standards. */
function all(): NonNullable<typeof sets> {
  if (sets === undefined) {
    const { asq, presidio, notes, generated, written, technical } = trainingSets();
    sets = { asq, presidio, notes, own: [...generated, ...written, ...technical] };
  }
  return sets;
}

/** Every `FOLDS`th text is judged by a tagger that was trained without it. */
function inFolds<T>(
  parts: readonly T[],
  train: (kept: readonly T[]) => ReturnType<typeof fitTagger>,
  judged: (part: T) => LabelledText,
): Tally {
  const tallies = Array.from({ length: FOLDS }, (_, fold) => {
    const model = train(parts.filter((_, i) => i % FOLDS !== fold));
    return tallyOf(parts.filter((_, i) => i % FOLDS === fold).map(judged), findWith(model));
  });
  return tallies.reduce(sumOf);
}

function sumOf(a: Tally, b: Tally): Tally {
  const byType = new Map(a.byType);
  for (const [type, count] of b.byType) {
    const { spans = 0, touched = 0, covered = 0 } = byType.get(type) ?? {};
    byType.set(type, {
      spans: spans + count.spans,
      touched: touched + count.touched,
      covered: covered + count.covered,
    });
  }
  return {
    spans: a.spans + b.spans,
    touched: a.touched + b.touched,
    covered: a.covered + b.covered,
    clean: a.clean + b.clean,
    cleanFlagged: a.cleanFlagged + b.cleanFlagged,
    words: a.words + b.words,
    off: a.off + b.off,
    byType,
    misses: [...a.misses, ...b.misses],
  };
}

/** Clinical questions, in folds and left out of training. */
export const asqPart: Part = {
  id: 'asq',
  title: 'Clinical questions (ASQ-PHI, development half)',
  measure() {
    const { asq, presidio, notes, own } = all();
    const rest = [...own, ...presidio, ...notes.flat()];
    const folded = inFolds(
      asq,
      (kept) => fitTagger([...kept, ...rest]),
      (text) => text,
    );
    const out = tallyOf(asq, findWith(fitTagger(rest)));
    return {
      goals: [
        ...goalsOf('5-fold', folded, { touched: 99, covered: 98, clean: 5 }),
        ...goalsOf('left out of training', out, { touched: 99, covered: 97.5, clean: 8 }),
      ],
      misses: out.misses,
    };
  },
};

/** General sentences, left out of training. */
export const presidioPart: Part = {
  id: 'presidio',
  title: 'General sentences of many nations (presidio-research, development half)',
  measure() {
    const { asq, presidio, notes, own } = all();
    const model = fitTagger([...own, ...asq, ...notes.flat()]);
    const out = tallyOf(presidioAsPublished(), findWith(model));
    const names = out.byType.get('NAME') ?? { spans: 0, touched: 0, covered: 0 };
    const folded = inFolds(
      presidio,
      (kept) => fitTagger([...own, ...asq, ...notes.flat(), ...kept]),
      (text) => text,
    );
    return {
      goals: [
        ...goalsOf('left out of training', out, { touched: 88, covered: 80 }),
        {
          what: 'left out of training: names touched',
          value: (100 * names.touched) / names.spans,
          unit: ' %',
          atLeast: 95,
        },
        ...goalsOf('5-fold, years and countries apart', folded),
      ],
      misses: out.misses,
    };
  },
};

/** Clinical notes without labels: what is flagged is mostly for nothing. */
export const clinicalPart: Part = {
  id: 'clinical',
  title: 'Clinical notes (MTSamples, development half)',
  measure() {
    const { asq, presidio, notes, own } = all();
    const texts = clinicalNotes();
    const folded = inFolds(
      notes.map((pieces, i) => ({ pieces, text: texts[i] ?? '' })),
      (kept) => fitTagger([...own, ...asq, ...presidio, ...kept.flatMap(({ pieces }) => pieces)]),
      ({ text }) => ({ text, spans: [] }),
    );
    const out = tallyOf(
      texts.map((text) => ({ text, spans: [] })),
      findWith(fitTagger([...own, ...asq, ...presidio])),
    );
    const rate = (tally: Tally) => ({ value: (1000 * tally.off) / tally.words, unit: ' per 1,000 words' });
    return {
      goals: [
        { what: '5-fold: flags, suspects included', ...rate(folded), atMost: 2.5 },
        { what: 'left out of training: flags', ...rate(out) },
      ],
      misses: folded.misses,
    };
  },
};

/** Names, places and numbers in forms and frames that no training text has. */
export const stressPart: Part = {
  id: 'stress',
  title: 'Generated stress set, frames never trained on',
  measure() {
    const find = findWith();
    const random = new Random(STRESS_SEED);
    const results = STRESS_FORMS.map((form) => {
      const texts = Array.from({ length: STRESS_TEXTS }, () => generateStress(random, form));
      return { form, tally: tallyOf(texts, find) };
    });
    return {
      goals: results.map(({ form, tally }) => ({
        what: form,
        value: (100 * tally.touched) / tally.spans,
        unit: ' %',
        of: `${tally.touched} of ${tally.spans}, covered ${tally.covered}`,
        atLeast: 95,
      })),
      misses: results.flatMap(({ tally }) => tally.misses),
    };
  },
};

/** How fast a core goes through clinical notes, each text seen for the first time. */
export const speedPart: Part = {
  id: 'speed',
  title: 'Speed over clinical notes, one core, first reading',
  measure() {
    const texts = clinicalNotes();
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const rate = (detector: Detector): number => {
      for (const text of texts.slice(0, 40)) detector.detect(textPassage(text));
      const before = process.cpuUsage();
      for (const text of texts) detector.detect(textPassage(`${text} `));
      const { user, system } = process.cpuUsage(before);
      return bytes / (user + system);
    };
    const [patterns, tagger] = [patternDetector(), taggerDetector()];
    const [alone, together] = [
      rate(patterns),
      rate({ id: 'both', detect: (passage) => [...patterns.detect(passage), ...tagger.detect(passage)] }),
    ];
    return {
      goals: [
        { what: 'patterns alone', value: alone, unit: ' MB/s', atLeast: 3 },
        { what: 'with the tagger', value: together, unit: ' MB/s', atLeast: 1 },
      ],
      misses: [],
    };
  },
};
