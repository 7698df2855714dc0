import type { Random } from '../../random.ts';

/** What the tagger tells apart. */
export type Label = 'NAME' | 'LOC' | 'DATE' | 'ID';

/** A stretch of a passage: an identifier where it has a label. */
export interface Piece {
  readonly text: string;
  readonly label?: Label;
}

/** What stays the same over one passage. */
export interface Passage {
  readonly random: Random;
  readonly isFemale: boolean;
  /** Filled once and repeated: a slot `{surname=1}` gives the same text each time. */
  readonly kept: Map<string, readonly Piece[]>;
}

/** A frame taken apart: text, a slot to fill, or a choice between branches. */
type Node =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'slot';
      readonly name: string;
      readonly key: string | undefined;
      readonly letterCase: '' | '^' | '~';
    }
  | { readonly kind: 'choice'; readonly branches: readonly Template[] };

export type Template = readonly Node[];

/**
 * How a slot is filled: with a frame, which may hold slots itself, or with text that is left as it is. Where the slot
 * has a label, the whole filling is one identifier, and labels within it count no more.
 */
export interface Slot {
  readonly label?: Label;
  fill(passage: Passage): Template | string;
}

/** The fillings, by the name that stands in a frame between braces. */
export type Slots = ReadonlyMap<string, Slot>;

/**
 * Takes a frame apart. `{name}` is a slot, `{name=1}` one that repeats its filling within the passage, `<a|b|>` a
 * choice, which may hold slots and choices; `{name^}` is written in capitals and `{name~}` in small letters. `\n` is a line
 * end, and a backslash takes the meaning from a brace, an angle bracket or a bar within a choice. Throws on a brace or
 * bracket left open.
 */
export function parseTemplate(frame: string): Template {
  let at = 0;
  const parse = (isBranch: boolean): Template => {
    const nodes: Node[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') nodes.push({ kind: 'text', text });
      text = '';
    };
    while (at < frame.length) {
      const char = frame.charAt(at);
      if (char === '\\') {
        const next = frame.charAt(at + 1);
        text += next === 'n' ? '\n' : next === 't' ? '\t' : next;
        at += 2;
      } else if (char === '{') {
        const close = frame.indexOf('}', at);
        if (close < 0) throw new Error(`open brace in frame: ${frame}`);
        flush();
        const [, name = '', letterCase = '', , key] =
          /^([^=^~]+)([\^~]?)(=(\w+))?$/.exec(frame.slice(at + 1, close)) ?? [];
        nodes.push({
          kind: 'slot',
          name,
          key: key === undefined ? undefined : `${name}=${key}`,
          letterCase: letterCase === '^' || letterCase === '~' ? letterCase : '',
        });
        at = close + 1;
      } else if (char === '<') {
        flush();
        const branches: Template[] = [];
        do {
          at += 1;
          branches.push(parse(true));
        } while (frame.charAt(at) === '|');
        if (frame.charAt(at) !== '>') throw new Error(`open choice in frame: ${frame}`);
        at += 1;
        nodes.push({ kind: 'choice', branches });
      } else if (isBranch && (char === '|' || char === '>')) {
        break;
      } else {
        text += char;
        at += 1;
      }
    }
    flush();
    return nodes;
  };
  return parse(false);
}

const parsed = new Map<string, Template>();

/** As `parseTemplate`, remembered. */
export function template(frame: string): Template {
  let found = parsed.get(frame);
  if (found === undefined) {
    found = parseTemplate(frame);
    parsed.set(frame, found);
  }
  return found;
}

/** Names of the slots of a frame, those of its choices included. */
export function slotsOf(nodes: Template): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return [];
    return node.kind === 'slot' ? [node.name] : node.branches.flatMap(slotsOf);
  });
}

/** Fills a frame. Neighbours of one label are never joined. Throws where a slot is unknown. */
export function render(nodes: Template, slots: Slots, passage: Passage): Piece[] {
  const pieces: Piece[] = [];
  for (const node of nodes) {
    if (node.kind === 'text') pieces.push({ text: node.text });
    else if (node.kind === 'choice')
      pieces.push(...render(passage.random.pick(node.branches), slots, passage));
    else {
      for (const piece of renderSlot(node.name, node.key, slots, passage)) {
        pieces.push(node.letterCase === '' ? piece : { ...piece, text: cased(piece.text, node.letterCase) });
      }
    }
  }
  return pieces;
}

const cased = (text: string, letterCase: '^' | '~'): string =>
  letterCase === '^' ? text.toUpperCase() : text.toLowerCase();

function renderSlot(name: string, key: string | undefined, slots: Slots, passage: Passage): readonly Piece[] {
  const before = key === undefined ? undefined : passage.kept.get(key);
  if (before !== undefined) return before;
  const slot = slots.get(name);
  if (slot === undefined) throw new Error(`no slot ${name}`);
  const filling = slot.fill(passage);
  let pieces: Piece[] = typeof filling === 'string' ? [{ text: filling }] : render(filling, slots, passage);
  if (slot.label !== undefined) {
    const text = pieces.map((piece) => piece.text).join('');
    pieces = [{ text, label: slot.label }];
  }
  if (key !== undefined) passage.kept.set(key, pieces);
  return pieces;
}
