import { Automaton, type Shape } from './automaton.ts';
import { GLYPHS, OTHER } from './glyphs.ts';

/** Characters of a match that are looked at; a rule that is still possible then counts as found. */
const DEPTH = 32;
/** States and their steps take 300 bytes or so each. */
const MOST_STATES = 32_000;
/** A step not made yet, and the state in which no rule is possible. */
const [UNMADE, DEAD] = [-1, 0];
/** The second half of a surrogate pair: it is read with the first. */
const HALF = 255;

/** Called for each place where a rule may match. */
export type Try = (rule: number, at: number) => void;

/**
 * Says where which of many patterns may match, in one pass over a text: patterns are tried there alone. The states of the
 * automaton are made as texts ask for them (a lazy DFA), and forgotten when they are too many. It never misses a place;
 * it may name one where nothing matches.
 */
export class Prefilter {
  readonly #automaton: Automaton;
  /** Class of each glyph, and of the beginning of a text: glyphs that no pattern tells apart share one. */
  readonly #classOf: Uint8Array;
  readonly #glyphOf: number[] = [];
  /** Rules that may match anywhere, even with nothing: they are tried at each place. */
  readonly #everywhere: readonly number[];
  #steps = new Int32Array(0);
  #nodes: Int32Array[] = [];
  #found: (Int32Array | undefined)[] = [];
  #byKey = new Map<string, number>();
  #starts: number[] = [];
  readonly #seen: Int32Array;
  #stamp = 0;
  #classes = new Uint8Array(1024);

  constructor(shapes: readonly Shape[]) {
    this.#automaton = new Automaton(shapes);
    const { starts, reads } = this.#automaton;
    this.#seen = new Int32Array(reads.length);
    this.#classOf = this.#classesOfGlyphs();
    const empty = this.#closed(
      starts.filter((start) => start !== undefined),
      undefined,
    ).found;
    this.#everywhere = starts.flatMap((start, rule) =>
      start === undefined || empty.includes(rule) ? [rule] : [],
    );
    this.#forget();
  }

  /** Calls `attempt` for each place of `text` (UTF-16 offset) at which a rule may match, place by place. */
  scan(text: string, attempt: Try): void {
    const classes = this.#read(text);
    const width = this.#glyphOf.length;
    let before = this.#classOf[GLYPHS] ?? 0;
    for (let at = 0; at < text.length; at++) {
      const first = classes[at] ?? 0;
      if (first === HALF) continue;
      if (this.#nodes.length > MOST_STATES) this.#forget();
      for (const rule of this.#everywhere) attempt(rule, at);
      const start = this.#starts[before] ?? this.#startAfter(before);
      before = first;
      let state = this.#steps[start * width + first] ?? UNMADE;
      if (state === UNMADE) state = this.#step(start, first);
      if (state !== DEAD) this.#follow(state, at, text.length, attempt);
    }
  }

  #follow(from: number, at: number, length: number, attempt: Try): void {
    const width = this.#glyphOf.length;
    const last = Math.min(length, at + DEPTH);
    let state = from;
    for (let next = at + 1; ; next++) {
      const found = this.#found[state];
      if (found !== undefined) for (const rule of found) attempt(rule, at);
      if (next >= last) break;
      const read = this.#classes[next] ?? 0;
      if (read === HALF) continue;
      const to = this.#steps[state * width + read] ?? UNMADE;
      state = to === UNMADE ? this.#step(state, read) : to;
      if (state === DEAD) return;
    }
    if (last < length) for (const rule of this.#alive(state)) attempt(rule, at);
  }

  /** Classes of the characters of a text. */
  #read(text: string): Uint8Array {
    if (this.#classes.length < text.length) this.#classes = new Uint8Array(text.length * 2);
    const classes = this.#classes;
    const other = this.#classOf[OTHER] ?? 0;
    let wasHigh = false;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < OTHER) classes[at] = this.#classOf[code] ?? 0;
      else classes[at] = wasHigh && code >= 0xdc00 && code <= 0xdfff ? HALF : other;
      wasHigh = code >= 0xd800 && code <= 0xdbff;
    }
    return classes;
  }

  #classesOfGlyphs(): Uint8Array {
    const { reads, barred } = this.#automaton;
    const sets = [...new Set([...reads, ...barred].filter((set) => set !== undefined))];
    const classOf = new Uint8Array(GLYPHS + 1);
    const known = new Map<string, number>();
    for (let glyph = 0; glyph <= GLYPHS; glyph++) {
      const key = sets.map((set) => set[glyph] ?? 0).join('');
      const own = known.get(key) ?? known.size;
      if (own === known.size) this.#glyphOf.push(glyph);
      known.set(key, own);
      classOf[glyph] = own;
    }
    return classOf;
  }

  #forget(): void {
    this.#steps = new Int32Array(256 * this.#glyphOf.length).fill(UNMADE);
    this.#steps.fill(DEAD, 0, this.#glyphOf.length);
    this.#nodes = [new Int32Array(0)];
    this.#found = [undefined];
    this.#byKey = new Map([[keyOf(new Int32Array(0), []), DEAD]]);
    this.#starts = [];
  }

  #startAfter(before: number): number {
    const { starts } = this.#automaton;
    const nodes = starts.filter(
      (start, rule): start is number => start !== undefined && !this.#everywhere.includes(rule),
    );
    const state = this.#stateOf(this.#closed(nodes, this.#glyphOf[before]));
    this.#starts[before] = state;
    return state;
  }

  #step(from: number, by: number): number {
    const glyph = this.#glyphOf[by] ?? 0;
    const { reads, on } = this.#automaton;
    const next: number[] = [];
    for (const node of this.#nodes[from] ?? []) {
      if (reads[node]?.[glyph] === 1) next.push(on[node]?.[0] ?? 0);
    }
    const state = this.#stateOf(this.#closed(next, glyph));
    this.#steps[from * this.#glyphOf.length + by] = state;
    return state;
  }

  /** What is reached from states without reading, after a glyph; a rule at its end leaves the rest of its states. */
  #closed(from: readonly number[], before: number | undefined): { nodes: number[]; found: number[] } {
    const { reads, on, barred, ends, ruleOf } = this.#automaton;
    const stamp = ++this.#stamp;
    const stack = [...from];
    const nodes: number[] = [];
    const found: number[] = [];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (this.#seen[node] === stamp) continue;
      this.#seen[node] = stamp;
      if (before !== undefined && barred[node]?.[before] === 1) continue;
      const rule = ruleOf[node] ?? 0;
      if (node === ends[rule]) found.push(rule);
      else if (reads[node] !== undefined) nodes.push(node);
      else stack.push(...(on[node] ?? []));
    }
    if (found.length === 0) return { nodes, found };
    return { nodes: nodes.filter((node) => !found.includes(ruleOf[node] ?? 0)), found };
  }

  #stateOf({ nodes, found }: { nodes: number[]; found: number[] }): number {
    const sorted = Int32Array.from(nodes).sort();
    const key = keyOf(sorted, found);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const state = this.#nodes.length;
    const width = this.#glyphOf.length;
    if ((state + 1) * width > this.#steps.length) {
      const grown = new Int32Array(this.#steps.length * 2).fill(UNMADE);
      grown.set(this.#steps);
      this.#steps = grown;
    }
    this.#nodes.push(sorted);
    this.#found.push(found.length > 0 ? Int32Array.from(found) : undefined);
    this.#byKey.set(key, state);
    return state;
  }

  #alive(state: number): Set<number> {
    return new Set([...(this.#nodes[state] ?? [])].map((node) => this.#automaton.ruleOf[node] ?? 0));
  }
}

/** One text for each set of nodes and found rules. */
const keyOf = (nodes: Int32Array, found: readonly number[]): string =>
  Buffer.from(nodes.buffer).toString('latin1') + (found.length === 0 ? '' : `|${[...found].sort().join()}`);
