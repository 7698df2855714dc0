import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { EVERY_GLYPH, GLYPHS, type GlyphSet, glyphsOf, isOneCharacter, OTHER } from './glyphs.ts';

/** Copies of what is repeated; beyond, the repetition counts as endless. */
const MOST_COPIES = 40;

/** A pattern whose beginnings the prefilter can tell. */
export interface Shape {
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

/**
 * The patterns of many rules as one automaton without memory (Thompson's construction), a step a glyph. It matches
 * whatever a pattern matches, and more: look-ahead counts as met, a back reference as any text. A look-behind of one
 * character is a guard, asked of the glyph before.
 */
export class Automaton {
  /** Glyphs that lead on from a state; undefined for a state that is left without reading (see `on`). */
  readonly reads: (GlyphSet | undefined)[] = [];
  /** Where a state leads. */
  readonly on: number[][] = [];
  /** Glyphs, and the beginning of the text as `GLYPHS`, that may not stand before a state. */
  readonly barred: (Uint8Array | undefined)[] = [];
  /** The rule that a state belongs to. */
  readonly ruleOf: number[] = [];
  /** First state of each rule; undefined for a rule that this cannot tell, which is tried everywhere. */
  readonly starts: (number | undefined)[];
  /** Last state of each rule. */
  readonly ends: (number | undefined)[] = [];
  #rule = 0;
  #ignoreCase = false;

  constructor(shapes: readonly Shape[]) {
    const parser = new RegExpParser();
    this.starts = shapes.map(({ pattern, ignoreCase }, rule) => {
      this.#rule = rule;
      this.#ignoreCase = ignoreCase;
      const size = this.on.length;
      try {
        const tree = parser.parsePattern(pattern, undefined, undefined, { unicode: true });
        const end = this.#state();
        const start = this.#oneOf(tree.alternatives, end);
        this.ends[rule] = end;
        return start;
      } catch {
        // A pattern of another dialect: what was built of it is taken back.
        for (const list of [this.reads, this.on, this.barred, this.ruleOf]) list.length = size;
        return undefined;
      }
    });
  }

  #state(on: number[] = [], reads?: GlyphSet, barred?: Uint8Array): number {
    this.on.push(on);
    this.reads.push(reads);
    this.barred.push(barred);
    this.ruleOf.push(this.#rule);
    return this.on.length - 1;
  }

  #oneOf(alternatives: readonly AST.Alternative[], next: number): number {
    const heads = alternatives.map(({ elements }) => this.#sequence(elements, next));
    return heads.length === 1 && heads[0] !== undefined ? heads[0] : this.#state(heads);
  }

  #sequence(elements: readonly AST.Element[], next: number): number {
    return elements.reduceRight(
      (after, element, index) => this.#element(element, after, elements[index + 1]),
      next,
    );
  }

  #element(element: AST.Element, next: number, following?: AST.Element): number {
    if (isOneCharacter(element)) return this.#state([next], glyphsOf(element, this.#ignoreCase));
    switch (element.type) {
      case 'Group':
        if (element.modifiers) throw new Error('modifiers');
        return this.#oneOf(element.alternatives, next);
      case 'CapturingGroup':
        return this.#oneOf(element.alternatives, next);
      case 'Quantifier':
        return this.#repeated(element, next);
      case 'Assertion':
        return this.#assertion(element, next, following);
      case 'Backreference':
        return this.#loop((back) => this.#state([back], EVERY_GLYPH), next);
      default:
        throw new Error('an element of another dialect');
    }
  }

  #repeated({ element, min, max }: AST.Quantifier, next: number): number {
    let head = next;
    if (max > min + MOST_COPIES || min > MOST_COPIES)
      head = this.#loop((b) => this.#element(element, b), next);
    else for (let i = min; i < max; i++) head = this.#state([this.#element(element, head), next]);
    for (let i = 0; i < Math.min(min, MOST_COPIES); i++) head = this.#element(element, head);
    return head;
  }

  /** Nothing, or what `body` makes, as often as it likes. */
  #loop(body: (back: number) => number, next: number): number {
    const head = this.#state([next]);
    this.on[head]?.push(body(head));
    return head;
  }

  #assertion(assertion: AST.Assertion, next: number, following?: AST.Element): number {
    let barred: Uint8Array | undefined;
    if (
      assertion.kind === 'word' &&
      !assertion.negate &&
      following !== undefined &&
      this.#beginsWord(following)
    ) {
      barred = this.#barredBy(/\w/);
    } else if (assertion.kind === 'lookbehind' && assertion.negate) {
      barred = new Uint8Array(GLYPHS + 1);
      for (const alternative of assertion.alternatives) this.#bar(alternative, barred);
    } else if (assertion.kind === 'lookbehind') {
      barred = this.#unlessEndsWith(assertion.alternatives);
    }
    return barred === undefined ? next : this.#state([next], undefined, barred);
  }

  #barredBy(test: RegExp): Uint8Array {
    return Uint8Array.from({ length: GLYPHS + 1 }, (_, code) =>
      code < OTHER && test.test(String.fromCharCode(code)) ? 1 : 0,
    );
  }

  /** A single character of ASCII that may not stand before; longer look-behind is left to the pattern. */
  #bar({ elements }: AST.Alternative, barred: Uint8Array): void {
    const needed = elements.filter((element) => !(element.type === 'Quantifier' && element.min === 0));
    const [only] = needed;
    if (needed.length !== 1 || only === undefined || !isOneCharacter(only)) return;
    const glyphs = glyphsOf(only, this.#ignoreCase);
    for (let glyph = 0; glyph < OTHER; glyph++) if (glyphs[glyph] === 1) barred[glyph] = 1;
  }

  /** What no alternative of a look-behind ends with. */
  #unlessEndsWith(alternatives: readonly AST.Alternative[]): Uint8Array | undefined {
    const barred = new Uint8Array(GLYPHS + 1).fill(1);
    for (const { elements } of alternatives) {
      const last = elements.at(-1);
      if (last === undefined || !isOneCharacter(last)) return undefined;
      glyphsOf(last, this.#ignoreCase).forEach((is, glyph) => {
        if (is === 1) barred[glyph] = 0;
      });
    }
    return barred;
  }

  /** Whether an element begins with a word character of ASCII, and with nothing else. */
  #beginsWord(element: AST.Element): boolean {
    if (isOneCharacter(element)) {
      return glyphsOf(element, false).every(
        (is, glyph) => is === 0 || (glyph < OTHER && /\w/.test(String.fromCharCode(glyph))),
      );
    }
    if (element.type === 'Quantifier') return element.min > 0 && this.#beginsWord(element.element);
    if (element.type !== 'Group' && element.type !== 'CapturingGroup') return false;
    return element.alternatives.every(
      ({ elements: [first] }) => first !== undefined && this.#beginsWord(first),
    );
  }
}
