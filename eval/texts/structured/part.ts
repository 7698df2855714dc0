import { languageDetector } from '../../../src/detect/language/detector.ts';
import { patternDetector, textPassage } from '../../../src/detect/patterns.ts';
import { codePointOffsets } from '../../../src/detect/spans.ts';
import type { HipaaCategory } from '../../../src/model/category.ts';
import type { Hit } from '../../../src/model/finding.ts';
import { type Goal, percent } from '../../score/table.ts';
import type { Part } from '../part.ts';
import { bareNumbers, type Case, casesInContext, casesWithoutContext, FORM_GROUPS } from './cases.ts';
import { cleanOf } from './forms.ts';
import { NEGATIVES } from './negatives.ts';

/** The categories that this part judges: what flags of others say is for other parts. */
const JUDGED = new Set<HipaaCategory>([...'DEFGHIJKLMNO'] as HipaaCategory[]);

const HALVES = [
  ['dev', 'tuned on'],
  ['held', 'held out'],
  ['fresh', 'written after'],
  ['forms', 'other forms'],
  ['last', 'written last'],
] as const;

interface Verdict {
  readonly one: Case;
  readonly touched: boolean;
  readonly covered: boolean;
  readonly named: boolean;
}

function judge(one: Case, hits: readonly Hit[]): Verdict {
  const point = codePointOffsets(one.text);
  const [start, end] = [point(one.start), point(one.end)];
  const touching = hits.filter((hit) => hit.start < end && start < hit.end);
  return {
    one,
    touched: touching.length > 0,
    covered: isCovered(start, end, touching, [...one.text]),
    named: touching.some(({ category }) => category === one.category),
  };
}

/** Whether every letter and digit of a span lies in a hit. */
function isCovered(start: number, end: number, hits: readonly Hit[], points: readonly string[]): boolean {
  for (let i = start; i < end; i++) {
    if (/[\p{L}\p{N}]/u.test(points[i] ?? '') && !hits.some((hit) => hit.start <= i && i < hit.end))
      return false;
  }
  return true;
}

function goalsOf(what: string, verdicts: readonly Verdict[], bound: number | undefined): Goal[] {
  const share = (is: (verdict: Verdict) => boolean) => percent(verdicts.filter(is).length, verdicts.length);
  const least = bound === undefined ? {} : { atLeast: bound };
  return [
    { what: `${what}: touched`, ...share(({ touched }) => touched), ...least },
    { what: `${what}: fully covered`, ...share(({ covered }) => covered), ...least },
    { what: `${what}: of the right category`, ...share(({ named }) => named) },
  ];
}

/** Identifiers with a shape (D to O), in every phrasing and formatting that the generator knows. */
export const structured: Part = {
  id: 'structured',
  title: 'Identifiers with a shape: every category, phrasing and formatting',
  measure() {
    const { detect } = patternDetector();
    const spelled = languageDetector({ dates: 'find' });
    const find = (text: string) => {
      const passage = textPassage(text);
      return [...detect(passage), ...spelled.detect(passage)];
    };
    const verdicts = (cases: readonly Case[]) => cases.map((one) => judge(one, find(one.text)));
    const [inContext, alone] = [verdicts(casesInContext()), verdicts(casesWithoutContext())];
    const goals: Goal[] = [];
    for (const [half, name] of HALVES) {
      const of = (all: readonly Verdict[]) => all.filter(({ one }) => one.half === half);
      goals.push(...goalsOf(`with context, ${name}`, of(inContext), half === 'last' ? undefined : 99.5));
      if (half === 'dev' || half === 'held')
        goals.push(...goalsOf(`without context, ${name}`, of(alone), 97));
    }
    for (const letter of JUDGED) {
      const held = inContext.filter(
        ({ one }) => (one.half === 'held' || one.half === 'fresh') && one.category === letter,
      );
      goals.push({
        what: `${letter} with context, held out: covered`,
        ...percent(held.filter(({ covered }) => covered).length, held.length),
      });
      const bare = alone.filter(({ one }) => one.half === 'held' && one.category === letter);
      if (bare.length > 0)
        goals.push({
          what: `${letter} without, held out: covered`,
          ...percent(bare.filter(({ covered }) => covered).length, bare.length),
        });
    }
    const flagged = (texts: readonly string[]) =>
      texts.filter((text) => find(text).some(({ category }) => JUDGED.has(category) || category === 'R'));
    const [numbers, negatives] = [bareNumbers(), NEGATIVES];
    const [flaggedNumbers, flaggedNegatives] = [flagged(numbers), flagged(negatives)];
    goals.push({
      what: 'bare numbers flagged',
      ...percent(flaggedNumbers.length, numbers.length),
      atMost: 0,
    });
    const clean = FORM_GROUPS.flatMap(cleanOf);
    const flaggedClean = flagged(clean);
    goals.push({
      what: 'other texts full of numbers flagged',
      ...percent(flaggedClean.length, clean.length),
      atMost: 0,
    });
    goals.push({
      what: 'texts full of other numbers flagged',
      ...percent(flaggedNegatives.length, negatives.length),
      atMost: 0,
    });
    return {
      goals,
      misses: [
        ...[...inContext, ...alone]
          .filter(({ one, covered }) => one.half === 'dev' && !covered)
          .map(missLine),
        ...[...flaggedNumbers, ...flaggedNegatives, ...flaggedClean].map(
          (text) => `flagged: ${JSON.stringify(text)}`,
        ),
      ],
    };
  },
};

const missLine = ({ one, touched }: Verdict): string =>
  `${one.category} ${one.kind} ${one.formatting}${touched ? ' (touched)' : ''}: ${JSON.stringify(one.text)}`;
