import { PhiGateError } from '../errors.ts';
import type { Anomaly } from '../model/anomaly.ts';
import type { Locus } from '../model/passage.ts';
import type { ByteSource } from '../splice.ts';
import { Cursor } from './cursor.ts';
import { impliedVr, lookup } from './dictionary.ts';
import type { DataElement, Encoding, Fragment, Item } from './element.ts';
import { elementOf, formatTag, groupOf, isPrivate, isPrivateCreator, type Tag, tagOf } from './tag.ts';

/** VRs whose explicit header has two reserved bytes and a 32-bit length (PS3.5 7.1.2). */
const LONG_FORM = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const SHORT_FORM = new Set([
  'AE',
  'AS',
  'AT',
  'CS',
  'DA',
  'DS',
  'DT',
  'FD',
  'FL',
  'IS',
  'LO',
  'LT',
  'PN',
  'SH',
  'SL',
  'SS',
  'ST',
  'TM',
  'UI',
  'UL',
  'US',
]);
const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const IMPLICIT: Encoding = { explicit: false, littleEndian: true };

export interface TokenizerLimits {
  /** Levels of nesting; deeper data sets are refused. */
  readonly depth: number;
}

/** What one pass over a range gives. `end` is the first byte not taken. */
export interface Tokens {
  readonly elements: readonly DataElement[];
  readonly end: number;
}

interface Header {
  readonly tag: Tag;
  readonly vr: string;
  readonly valueStart: number;
  readonly length: number;
  readonly irregular?: true;
}

interface DataSetFrame {
  readonly kind: 'data set' | 'item';
  readonly start: number;
  readonly valueStart: number;
  /** undefined: ends with an item delimiter. */
  readonly end: number | undefined;
  readonly encoding: Encoding;
  readonly elements: DataElement[];
  readonly creators: Map<number, string>;
  readonly seen: Map<Tag, number>;
}

interface SequenceFrame {
  readonly kind: 'sequence';
  readonly header: Header;
  readonly start: number;
  readonly end: number | undefined;
  readonly encoding: Encoding;
  readonly items: Item[];
}

/** True where the two bytes at a VR's place are a VR of the standard. */
export const isVr = (text: string): boolean => LONG_FORM.has(text) || SHORT_FORM.has(text);

export const isLongForm = (vr: string): boolean => LONG_FORM.has(vr);

/**
 * Reads data elements (PS3.5 7.1) from `start` to `limit` without loading values. An explicit stack with a depth cap
 * takes the place of recursion, so that no nesting overflows. Duplicates, group lengths and private sequences are
 * kept as they stand; what the standard does not allow and has one safe reading goes to `anomalies`.
 * @throws PhiGateError `truncated`, `malformed` or `too-deep`, with tag, byte offset and what was expected.
 */
export class Tokenizer {
  readonly #cursor: Cursor;
  readonly #source: ByteSource;
  readonly #limits: TokenizerLimits;
  readonly #anomalies: Anomaly[];

  constructor(source: ByteSource, limits: TokenizerLimits, anomalies: Anomaly[]) {
    this.#source = source;
    this.#cursor = new Cursor(source);
    this.#limits = limits;
    this.#anomalies = anomalies;
  }

  /**
   * The elements of a range. With `while`, stops before the first element whose tag it refuses. At the top level bytes
   * that cannot begin an element are left as trailing bytes.
   */
  read(start: number, limit: number, encoding: Encoding, whilst: (tag: Tag) => boolean = () => true): Tokens {
    return this.#run(start, limit, encoding, 0, whilst);
  }

  #run(
    start: number,
    limit: number,
    encoding: Encoding,
    baseDepth: number,
    whilst: (tag: Tag) => boolean,
  ): Tokens {
    const root = dataSetFrame('data set', start, start, limit, encoding);
    const stack: (DataSetFrame | SequenceFrame)[] = [root];
    let at = start;
    for (;;) {
      const frame = stack[stack.length - 1];
      if (frame === undefined) break;
      const ended = frame.end !== undefined && at >= frame.end;
      if (frame.kind === 'sequence') {
        at = ended
          ? this.#closeSequence(stack, frame, at, at, baseDepth)
          : this.#nextItem(stack, frame, at, limit, baseDepth);
      } else if (ended) {
        if (frame === root) break;
        at = closeItem(stack, frame, at, at);
      } else {
        const next = this.#nextElement(stack, frame, at, limit, baseDepth, frame === root, whilst);
        if (next === undefined) break;
        at = next;
      }
    }
    return { elements: root.elements, end: at };
  }

  /** Reads an item header inside a sequence, or its end. */
  #nextItem(
    stack: (DataSetFrame | SequenceFrame)[],
    frame: SequenceFrame,
    at: number,
    limit: number,
    baseDepth: number,
  ): number {
    const stop = frame.end ?? limit;
    if (at + 8 > stop)
      throw this.#error('truncated', frame.header.tag, at, 'an item or the end of the sequence');
    const { littleEndian } = frame.encoding;
    const tag = this.#tag(at, littleEndian);
    const length = this.#cursor.uint32(at + 4, littleEndian);
    if (tag === SEQUENCE_END) {
      if (frame.end === undefined) return this.#closeSequence(stack, frame, at, at + 8, baseDepth);
      // Some writers give both a length, which counts the delimiter, and the delimiter.
      this.#note('delimiter in a sequence of defined length', frame.header.tag, at);
      return this.#closeSequence(stack, frame, at + 8, at + 8, baseDepth, true);
    }
    if (tag !== ITEM) throw this.#error('malformed', frame.header.tag, at, 'an item (FFFE,E000)');
    const end = length === UNDEFINED_LENGTH ? undefined : at + 8 + length;
    if (end !== undefined && end > stop)
      throw this.#error('truncated', frame.header.tag, at, 'an item inside its sequence');
    stack.push(dataSetFrame('item', at, at + 8, end, frame.encoding));
    return at + 8;
  }

  #closeSequence(
    stack: (DataSetFrame | SequenceFrame)[],
    frame: SequenceFrame,
    valueEnd: number,
    end: number,
    baseDepth: number,
    isIrregular = false,
  ): number {
    stack.pop();
    const owner = stack[stack.length - 1];
    if (owner === undefined || owner.kind === 'sequence')
      throw this.#error('internal', frame.header.tag, end, 'a data set');
    const header: Header = isIrregular ? { ...frame.header, irregular: true } : frame.header;
    this.#add(owner, header, frame.start, valueEnd, end, depthOf(stack, baseDepth), {
      items: frame.items,
      undefinedLength: frame.end === undefined,
    });
    return end;
  }

  /** Reads one element of a data set or item; undefined at the end of the top level. */
  #nextElement(
    stack: (DataSetFrame | SequenceFrame)[],
    frame: DataSetFrame,
    at: number,
    limit: number,
    baseDepth: number,
    isRoot: boolean,
    whilst: (tag: Tag) => boolean,
  ): number | undefined {
    const stop = frame.end ?? limit;
    if (at + 8 > stop) {
      if (isRoot && baseDepth === 0) return undefined;
      throw this.#error('truncated', 0 as Tag, at, 'a data element inside its item');
    }
    const tag = this.#tag(at, frame.encoding.littleEndian);
    if (isRoot && !whilst(tag)) return undefined;
    if (tag === ITEM_END || tag === SEQUENCE_END) return this.#delimiter(stack, frame, tag, at, isRoot);
    const header = this.#header(tag, at, stop, frame, isRoot && baseDepth === 0);
    if (header === undefined) return undefined;
    const { vr, valueStart, length } = header;
    if (length === UNDEFINED_LENGTH) return this.#openUndefined(stack, frame, header, at, limit, baseDepth);
    const end = valueStart + length;
    if (end > stop) {
      if (isRoot && baseDepth === 0 && this.#looksTrailing(frame, header)) return undefined;
      throw this.#error(
        'truncated',
        tag,
        at,
        `${length} bytes of value, ${Math.max(0, stop - valueStart)} are there`,
      );
    }
    if (vr === 'SQ') return this.#openSequence(stack, frame, header, at, end, frame.encoding, baseDepth);
    const items = this.#opaqueItems(frame, header, end, depthOf(stack, baseDepth));
    this.#add(frame, header, at, end, end, depthOf(stack, baseDepth), items === undefined ? {} : { items });
    return end;
  }

  #tag(at: number, littleEndian: boolean): Tag {
    return tagOf(this.#cursor.uint16(at, littleEndian), this.#cursor.uint16(at + 2, littleEndian));
  }

  #header(tag: Tag, at: number, stop: number, frame: DataSetFrame, mayTrail: boolean): Header | undefined {
    const { explicit, littleEndian } = frame.encoding;
    const is32 = this.#cursor.uint32(at + 4, littleEndian);
    if (mayTrail && tag === 0 && frame.elements.length > 0) return undefined;
    if (!explicit) return { tag, vr: this.#vrOf(frame, tag), valueStart: at + 8, length: is32 };
    const vr = this.#cursor.ascii(at + 4, 2);
    if (LONG_FORM.has(vr)) {
      if (at + 12 > stop) throw this.#error('truncated', tag, at, 'a 12-byte element header');
      return { tag, vr, valueStart: at + 12, length: this.#cursor.uint32(at + 8, littleEndian) };
    }
    if (SHORT_FORM.has(vr))
      return { tag, vr, valueStart: at + 8, length: this.#cursor.uint16(at + 6, littleEndian) };
    return this.#strangeVr(at, stop, frame, tag, vr, is32, mayTrail);
  }

  /** An explicit data set with an element that has no VR of the standard: implicit by mistake, a VR of the future, or junk. */
  #strangeVr(
    at: number,
    stop: number,
    frame: DataSetFrame,
    tag: Tag,
    vr: string,
    is32: number,
    mayTrail: boolean,
  ): Header | undefined {
    const { littleEndian } = frame.encoding;
    const last = frame.elements[frame.elements.length - 1]?.tag ?? -1;
    const known = lookup(tag) !== undefined;
    if (known && tag > last && at + 8 + is32 <= stop) {
      this.#note('implicit element in an explicit data set', tag, at);
      return { tag, vr: impliedVr(tag), valueStart: at + 8, length: is32, irregular: true };
    }
    const short = this.#cursor.uint16(at + 6, littleEndian);
    if ((known || isPrivate(tag)) && tag > last && at + 8 + short <= stop) {
      this.#note('unknown value representation', tag, at);
      return { tag, vr: 'UN', valueStart: at + 8, length: short, irregular: true };
    }
    if (mayTrail && frame.elements.length > 0) return undefined;
    throw this.#error(
      'malformed',
      tag,
      at,
      `a value representation, not ${JSON.stringify(vr.replace(/[^A-Z]/g, '?'))}`,
    );
  }

  #vrOf(frame: DataSetFrame, tag: Tag): string {
    return isPrivateCreator(tag) || !isPrivate(tag) || frame.encoding.explicit ? impliedVr(tag) : 'UN';
  }

  /** At the end of the top level: a header that no writer made, so the bytes are trailing and not a cut-off element. */
  #looksTrailing(frame: DataSetFrame, { tag }: Header): boolean {
    const last = frame.elements[frame.elements.length - 1]?.tag ?? -1;
    return last >= 0 && (tag <= last || (lookup(tag) === undefined && !isPrivate(tag)));
  }

  #delimiter(
    stack: (DataSetFrame | SequenceFrame)[],
    frame: DataSetFrame,
    tag: number,
    at: number,
    isRoot: boolean,
  ): number {
    if (isRoot) {
      this.#note('delimiter outside a sequence', tag as Tag, at);
      this.#addStray(frame, tag as Tag, at);
      return at + 8;
    }
    if (tag === SEQUENCE_END) {
      if (frame.end !== undefined)
        throw this.#error('malformed', tag as Tag, at, 'the end of an item of defined length');
      this.#note('item without its delimiter', tag as Tag, at);
      return closeItem(stack, frame, at, at);
    }
    if (frame.end !== undefined) {
      this.#note('delimiter in an item of defined length', tag as Tag, at);
      this.#addStray(frame, tag as Tag, at);
      return at + 8;
    }
    return closeItem(stack, frame, at, at + 8);
  }

  #openUndefined(
    stack: (DataSetFrame | SequenceFrame)[],
    frame: DataSetFrame,
    header: Header,
    at: number,
    limit: number,
    baseDepth: number,
  ): number {
    const stop = frame.end ?? limit;
    if (header.vr === 'SQ')
      return this.#openSequence(stack, frame, header, at, undefined, frame.encoding, baseDepth);
    if (header.vr === 'UN' && !(header.tag === 0x7fe00010)) {
      // PS3.5 6.2.2 note 2: UN of undefined length holds an implicit little endian sequence.
      const encoding = frame.encoding.explicit
        ? this.#unknownEncoding(header, stop, frame.encoding)
        : frame.encoding;
      return this.#openSequence(stack, frame, header, at, undefined, encoding, baseDepth);
    }
    if (header.vr !== 'OB' && header.vr !== 'OW' && header.vr !== 'UN') {
      throw this.#error('malformed', header.tag, at, `a defined length for ${header.vr}`);
    }
    const { fragments, valueEnd, end } = this.#fragments(header, stop, frame.encoding.littleEndian);
    this.#add(frame, header, at, valueEnd, end, depthOf(stack, baseDepth), {
      fragments,
      undefinedLength: true,
    });
    return end;
  }

  /** UN of undefined length is implicit by the standard; what plainly is explicit inside is read so. */
  #unknownEncoding({ valueStart }: Header, stop: number, explicit: Encoding): Encoding {
    const first = valueStart + 8;
    if (first + 8 > stop || !isVr(this.#cursor.ascii(first + 4, 2))) return IMPLICIT;
    const impliedLength = this.#cursor.uint32(first + 4, true);
    return first + 8 + impliedLength > stop ? explicit : IMPLICIT;
  }

  #openSequence(
    stack: (DataSetFrame | SequenceFrame)[],
    frame: DataSetFrame,
    header: Header,
    at: number,
    end: number | undefined,
    encoding: Encoding,
    baseDepth: number,
  ): number {
    if (depthOf(stack, baseDepth) >= this.#limits.depth) {
      throw this.#error('too-deep', header.tag, at, `at most ${this.#limits.depth} levels of sequences`);
    }
    stack.push({
      kind: 'sequence',
      header,
      start: at,
      end,
      encoding: frame.encoding.explicit ? encoding : frame.encoding,
      items: [],
    });
    return header.valueStart;
  }

  /**
   * A value of UN (or of unknown VR in implicit encoding) that begins with an item may be a sequence (PS3.5 6.2.2).
   * It is one only if every byte of it reads as one; in an explicit data set its content is implicit little endian,
   * though some writers keep it explicit.
   */
  #opaqueItems(frame: DataSetFrame, header: Header, end: number, depth: number): readonly Item[] | undefined {
    if (header.vr !== 'UN' || end - header.valueStart < 8) return undefined;
    for (const encoding of frame.encoding.explicit ? [IMPLICIT, frame.encoding] : [frame.encoding]) {
      const { littleEndian } = encoding;
      if (this.#tag(header.valueStart, littleEndian) !== ITEM) continue;
      if (depth + 1 >= this.#limits.depth) {
        throw this.#error(
          'too-deep',
          header.tag,
          header.valueStart,
          `at most ${this.#limits.depth} levels of sequences`,
        );
      }
      const items = this.#tryItems(header, end, encoding, depth);
      if (items !== undefined) return items;
    }
    return undefined;
  }

  #tryItems(header: Header, end: number, encoding: Encoding, depth: number): readonly Item[] | undefined {
    const notes: Anomaly[] = [];
    const inner = new Tokenizer(this.#source, this.#limits, notes);
    try {
      const items = inner.#items(header, end, encoding, depth + 1);
      this.#anomalies.push(...notes);
      return items;
    } catch (error) {
      if (error instanceof PhiGateError && error.code !== 'too-deep') return undefined;
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  #items(header: Header, end: number, encoding: Encoding, baseDepth: number): readonly Item[] {
    const root = dataSetFrame('data set', header.valueStart, header.valueStart, end, encoding);
    const stack: (DataSetFrame | SequenceFrame)[] = [
      root,
      { kind: 'sequence', header, start: header.valueStart, end, encoding, items: [] },
    ];
    let at = header.valueStart;
    while (stack.length > 1) {
      const frame = stack[stack.length - 1];
      if (frame === undefined) break;
      const ended = frame.end !== undefined && at >= frame.end;
      if (frame.kind === 'sequence') {
        at = ended
          ? this.#closeSequence(stack, frame, at, at, baseDepth)
          : this.#nextItem(stack, frame, at, end, baseDepth);
      } else {
        const next = ended
          ? closeItem(stack, frame, at, at)
          : this.#nextElement(stack, frame, at, end, baseDepth, false, () => true);
        if (next === undefined) break;
        at = next;
      }
    }
    if (at !== end) throw this.#error('malformed', header.tag, at, 'the end of the sequence');
    return root.elements[0]?.items ?? [];
  }

  /** Encapsulated pixel data (PS3.5 A.4): items until the sequence delimiter. */
  #fragments(
    header: Header,
    stop: number,
    littleEndian: boolean,
  ): { fragments: Fragment[]; valueEnd: number; end: number } {
    const fragments: Fragment[] = [];
    let at = header.valueStart;
    for (;;) {
      if (at + 8 > stop) {
        if (at === stop && fragments.length > 0) {
          this.#note('encapsulated pixel data without its delimiter', header.tag, at);
          return { fragments, valueEnd: at, end: at };
        }
        throw this.#error('truncated', header.tag, at, 'a fragment or the end of the pixel data');
      }
      const tag = this.#tag(at, littleEndian);
      const length = this.#cursor.uint32(at + 4, littleEndian);
      if (tag === SEQUENCE_END) return { fragments, valueEnd: at, end: at + 8 };
      if (tag !== ITEM) throw this.#error('malformed', header.tag, at, 'a fragment (FFFE,E000)');
      const end = at + 8 + length;
      if (length === UNDEFINED_LENGTH || end > stop) {
        throw this.#error(
          'truncated',
          header.tag,
          at,
          `a fragment of ${length} bytes, ${stop - at - 8} are there`,
        );
      }
      fragments.push({ start: at, valueStart: at + 8, end });
      at = end;
    }
  }

  #add(
    frame: DataSetFrame,
    header: Header,
    start: number,
    valueEnd: number,
    end: number,
    depth: number,
    extra: { items?: readonly Item[]; fragments?: readonly Fragment[]; undefinedLength?: boolean },
  ): void {
    const { tag, vr, valueStart } = header;
    const duplicate = frame.seen.get(tag) ?? 0;
    frame.seen.set(tag, duplicate + 1);
    const creator = this.#creator(frame, tag, valueStart, valueEnd);
    frame.elements.push({
      tag,
      vr,
      start,
      valueStart,
      valueEnd,
      end,
      undefinedLength: extra.undefinedLength ?? false,
      encoding: frame.encoding,
      ...(extra.items && { items: extra.items }),
      ...(extra.fragments && { fragments: extra.fragments }),
      ...(creator !== undefined && { creator }),
      ...(header.irregular && { irregular: header.irregular }),
      duplicate,
      depth,
    });
  }

  /** A delimiter that ends nothing is kept among the elements, so that no byte of the file is without an owner. */
  #addStray(frame: DataSetFrame, tag: Tag, at: number): void {
    this.#add(frame, { tag, vr: '', valueStart: at + 8, length: 0 }, at, at + 8, at + 8, 0, {});
  }

  /** Registers a private creator, or names the one of the element's block (PS3.5 7.8.1). */
  #creator(frame: DataSetFrame, tag: Tag, valueStart: number, valueEnd: number): string | undefined {
    if (!isPrivate(tag)) return undefined;
    if (isPrivateCreator(tag)) {
      const name = this.#cursor
        .ascii(valueStart, Math.min(64, valueEnd - valueStart))
        .replace(/[\0 ]+$/, '')
        .trimStart();
      if (!frame.creators.has(tag)) frame.creators.set(tag, name);
      return undefined;
    }
    return frame.creators.get(tagOf(groupOf(tag), elementOf(tag) >>> 8));
  }

  #note(kind: string, tag: Tag, offset: number): void {
    this.#anomalies.push({ kind, locus: formatTag(tag), offset });
  }

  #error(
    code: 'truncated' | 'malformed' | 'too-deep' | 'internal',
    tag: Tag,
    offset: number,
    expected: string,
  ): PhiGateError {
    const locus: Locus = formatTag(tag);
    return new PhiGateError(code, `at ${locus}, byte ${offset}: expected ${expected}`, { locus, offset });
  }
}

function dataSetFrame(
  kind: 'data set' | 'item',
  start: number,
  valueStart: number,
  end: number | undefined,
  encoding: Encoding,
): DataSetFrame {
  return { kind, start, valueStart, end, encoding, elements: [], creators: new Map(), seen: new Map() };
}

function closeItem(
  stack: (DataSetFrame | SequenceFrame)[],
  frame: DataSetFrame,
  valueEnd: number,
  end: number,
): number {
  stack.pop();
  const owner = stack[stack.length - 1];
  if (owner?.kind === 'sequence') {
    owner.items.push({
      start: frame.start,
      valueStart: frame.valueStart,
      valueEnd,
      end,
      undefinedLength: frame.end === undefined,
      elements: frame.elements,
    });
  }
  return end;
}

/** Sequences open around the innermost data set. */
function depthOf(stack: readonly (DataSetFrame | SequenceFrame)[], baseDepth: number): number {
  return baseDepth + Math.floor((stack.length - 1) / 2);
}
