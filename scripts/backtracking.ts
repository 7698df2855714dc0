import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { isDisjointWith, JS, NFA } from 'refa';
import { analyse, type Report } from 'scslre';

/** Ways through bounded repetitions that a matcher may try at one place of a text. */
const MOST_WAYS = 20_000;

const parser = new RegExpParser();

/**
 * What makes a regular expression slow on some text, a line each: endless repetitions that share a character (more than
 * linear time), and bounded ones that share one in more ways than a place of a text is worth, such as `(?:a{1,20}){1,20}`;
 * and alternatives of a repetition that match the same text, such as `(?:a|a?)+`.
 */
export function backtracking(source: string, flags: string): string[] {
  const endless = analyse({ source, flags }).reports.map(
    (report) => `${report.exponential ? 'exponential' : 'more than linear'}: ${shown(report)}`,
  );
  const { literal, boundOf } = withoutBounds(source, flags);
  const bounded = analyse(literal, { reportTypes: { Move: false } })
    .reports.map((report) => ({ report, ways: waysOf(report, boundOf) }))
    .filter(({ ways }) => Number.isFinite(ways) && ways > MOST_WAYS)
    .map(({ report, ways }) => `${ways.toExponential(0)} ways: ${shown(report)}`);
  return [...new Set([...endless, ...bounded, ...doubled(source, flags)])];
}

/** Repeated groups of which two alternatives match the same text: two ways for each time they do. */
function doubled(source: string, flags: string): string[] {
  const parsedFlags = parser.parseFlags(flags);
  const pattern = parser.parsePattern(source, undefined, undefined, { unicode: parsedFlags.unicode });
  const reader = JS.Parser.fromAst({ pattern, flags: parsedFlags });
  const problems: string[] = [];
  const languageOf = (alternative: AST.Alternative): NFA => {
    const { expression, maxCharacter } = reader.parseElement(alternative, {
      assertions: 'disable',
      backreferences: 'disable',
      maxNodes: 50_000,
    });
    return NFA.fromRegex(expression, { maxCharacter }, {}, new NFA.LimitedNodeFactory(50_000));
  };
  visitRegExpAST(pattern, {
    onQuantifierEnter(quantifier) {
      const { element, max } = quantifier;
      if (2 ** max <= MOST_WAYS || (element.type !== 'Group' && element.type !== 'CapturingGroup')) return;
      const languages = element.alternatives.map(languageOf);
      const same = languages.some((one, at) =>
        languages.slice(at + 1).some((other) => !isDisjointWith(one, other)),
      );
      if (same) problems.push(`exponential: alternatives that match the same text in ${quantifier.raw}`);
    },
  });
  return problems;
}

type Bounds = (quantifier: AST.Quantifier) => number;

/** The expression with its bounded repetitions made endless, since the analysis looks at those alone. */
function withoutBounds(source: string, flags: string) {
  const parsedFlags = parser.parseFlags(flags);
  const unicode = parsedFlags.unicode;
  const pattern = parser.parsePattern(source, undefined, undefined, { unicode });
  const bounds = new Map<AST.Quantifier, number>();
  visitRegExpAST(pattern, {
    onQuantifierEnter(quantifier) {
      bounds.set(quantifier, quantifier.max);
      // A fixed count leaves no choice, and an option is no repetition.
      if (quantifier.max > 1 && quantifier.max > quantifier.min) quantifier.max = Number.POSITIVE_INFINITY;
    },
  });
  const boundOf: Bounds = (quantifier) => bounds.get(quantifier) ?? Number.POSITIVE_INFINITY;
  return { literal: { pattern, flags: parsedFlags }, boundOf };
}

function waysOf(report: Report, boundOf: Bounds): number {
  if (report.type === 'Self') return boundOf(report.quant) ** boundOf(report.parentQuant);
  if (report.type === 'Move') return boundOf(report.quant);
  const [start, end] = [boundOf(report.startQuant), boundOf(report.endQuant)];
  return report.exponential
    ? Math.max(start, end) ** repetitionsAround(report.startQuant, boundOf)
    : start * end;
}

/** How often what holds a quantifier may be repeated. */
function repetitionsAround(quantifier: AST.Quantifier, boundOf: Bounds): number {
  let times = 1;
  for (let node: AST.Node | null = quantifier.parent as AST.Node; node !== null; node = node.parent) {
    if (node.type === 'Quantifier') times *= boundOf(node);
  }
  return times;
}

function shown(report: Report): string {
  if (report.type === 'Self') return `${report.quant.raw} in ${report.parentQuant.raw}`;
  if (report.type === 'Move') return report.quant.raw;
  return `${report.startQuant.raw} and ${report.endQuant.raw}`;
}
