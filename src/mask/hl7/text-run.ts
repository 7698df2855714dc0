import type { TextCleaner } from '../../detect/detector.ts';
import { decodeMapped, decodeText, type TextSyntax } from '../../hl7/escapes.ts';
import type { ChangeList } from './changes.ts';
import {
  isGuessed,
  type Replacement,
  replacementsIn,
  replacementsOverBreaks,
  UNREADABLE,
} from './cleaning.ts';

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where the piece begins in the joined text. */
  readonly offset: number;
}

interface SpanChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Text that goes on over several components, repetitions, OBX or NTE: cleaned as one passage, so that a name which a line
 * end cuts in two is found, and the replacements are put back where their words stood.
 */
export class TextRun {
  readonly #syntax: TextSyntax;
  readonly #pieces: Piece[] = [];
  #text = '';
  label = '';

  constructor(syntax: TextSyntax) {
    this.#syntax = syntax;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  add(start: number, end: number): void {
    const text = decodeText(this.#syntax, start, end);
    const before = this.#pieces.length === 0 ? '' : this.#separatorBefore(start);
    const offset = this.#text.length + before.length;
    this.#text += before + text;
    this.#pieces.push({ start, end, text, offset });
  }

  /** Delimiters that somebody forgot to escape are part of the text; repetitions and segments are its lines. */
  #separatorBefore(start: number): string {
    const { bytes, delimiters } = this.#syntax;
    const byte = bytes[start - 1];
    const isPart = byte === delimiters.component || byte === delimiters.subcomponent;
    return isPart && byte !== undefined ? String.fromCharCode(byte) : '\n';
  }

  /** Adds the changes that cleaning asks for; whether there were any. */
  clean(cleaner: TextCleaner, changes: ChangeList): boolean {
    const joined = this.#text;
    const hints = this.label === '' ? undefined : { label: this.label };
    const replaced = [
      ...replacementsIn(cleaner, joined, hints),
      ...replacementsOverBreaks(cleaner, joined, hints),
    ];
    let changed = false;
    for (const piece of this.#pieces) {
      const unreadable = {
        start: piece.offset,
        end: piece.offset + piece.text.length,
        placeholder: UNREADABLE,
      };
      const all = isGuessed(piece.text, this.#syntax.charset) ? [unreadable] : replaced;
      const inPiece = all
        .filter(({ start, end }) => start < piece.offset + piece.text.length && end > piece.offset)
        .map((replacement) => within(replacement, piece));
      for (const change of changesIn(this.#syntax, piece, inPiece)) {
        changes.add(change.start, change.end, change.text);
        changed = true;
      }
    }
    return changed;
  }
}

/** Changes of bytes for replacements in one piece of text; a local escape (`\Zxx\`), which nobody can read, goes. */
export function changesIn(
  syntax: TextSyntax,
  piece: { readonly start: number; readonly end: number },
  replaced: readonly Replacement[],
): SpanChange[] {
  if (replaced.length === 0 && !mayHoldLocalEscape(syntax, piece.start, piece.end)) return [];
  const mapped = decodeMapped(syntax, piece.start, piece.end);
  const changes: SpanChange[] = mapped.opaque.map(([start, end]) => ({ start, end, text: '' }));
  for (const { start, end, placeholder } of replaced) {
    const [first, last] = [mapped.starts[start], mapped.ends[end - 1]];
    if (first !== undefined && last !== undefined)
      changes.push({ start: first, end: last, text: placeholder });
  }
  return withoutOverlaps(changes);
}

/** The placeholder stands where the replaced text begins; the rest of it, in later pieces, is gone. */
function within({ start, end, placeholder }: Replacement, piece: Piece): Replacement {
  return {
    start: Math.max(0, start - piece.offset),
    end: Math.min(piece.text.length, end - piece.offset),
    placeholder: start >= piece.offset ? placeholder : '',
  };
}

/** Several characters may share their bytes (ISO 2022 in escapes): what touches the same bytes becomes one change. */
function withoutOverlaps(changes: SpanChange[]): SpanChange[] {
  const merged: SpanChange[] = [];
  for (const change of changes.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || change.start >= last.end) merged.push(change);
    else
      merged[merged.length - 1] = {
        ...last,
        end: Math.max(last.end, change.end),
        text: last.text || change.text,
      };
  }
  return merged;
}

function mayHoldLocalEscape({ bytes, delimiters }: TextSyntax, start: number, end: number): boolean {
  if (delimiters.escape < 0) return false;
  const at = bytes.subarray(start, end).indexOf(Buffer.from([delimiters.escape, 0x5a]));
  return at >= 0;
}
