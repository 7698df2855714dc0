import dicomParser, { type DataSet, type Element as ParserElement } from 'dicom-parser';
import type { DicomFile } from '../../dicom/element.ts';
import { formatTag, groupOf, parseTag, type Tag } from '../../dicom/tag.ts';
import { PhiGateError } from '../../errors.ts';
import type { Locus } from '../../model/passage.ts';
import type { ByteSource } from '../../splice.ts';
import { type Shadow, type ShadowRewrite, shadowOf } from './shadow.ts';

/** An element as dicom-parser sees it, with its place in the file (or in the inflated data set). */
export interface SecondElement {
  /** `(0040,0275)[0].(0032,1060)`. */
  readonly path: Locus;
  readonly tag: Tag;
  /** Two letters where the file writes them; absent in implicit data. */
  readonly vr?: string;
  /** First byte of the value, counted like the tokenizer's offsets. */
  readonly valueStart: number;
  /** Bytes of the value; of a sequence or of encapsulated data, whatever the parser makes of them. */
  readonly length: number;
  /** In the file meta group. */
  readonly meta: boolean;
  readonly depth: number;
  /** Number of items, where the parser looked into the value. */
  readonly items?: number;
  /** Fragments of encapsulated data, the offset table left out. */
  readonly fragments?: readonly { readonly valueStart: number; readonly length: number }[];
  readonly littleEndian: boolean;
  /** A copy of the value, or of `length` bytes of it from `from`. */
  value(from?: number, length?: number): Uint8Array;
}

/** What the second reader makes of a file. */
export interface SecondReading {
  /** Elements in file order, each sequence before its items. */
  readonly elements: readonly SecondElement[];
  readonly rewrites: readonly ShadowRewrite[];
  /** Set where dicom-parser gave up; `elements` then holds what it read before. */
  readonly unreadable?: PhiGateError;
}

export interface SecondReaderLimits {
  /** Everything but bulk values, bytes. */
  readonly headerBytes: number;
}

/** Below this size the whole file is handed over, bulk values and all. */
const SMALL = 4 * 1024 * 1024;

/**
 * Reads a file with dicom-parser, the auditor's own reader. `file` is the tokenizer's view: it says which bytes may be
 * left out and which headers need a rewrite in the shadow copy. Without it (the tokenizer gave up) the bytes go over as
 * they are and the result is as far as dicom-parser came.
 */
export function readSecond(
  source: ByteSource,
  file: DicomFile | undefined,
  limits: SecondReaderLimits,
): SecondReading {
  try {
    if (file === undefined) return readAlone(source, limits);
    const shadow = shadowOf(source, file, source.size >= SMALL, limits.headerBytes);
    return parse(shadow, source, file.body, file.encoding.littleEndian);
  } catch (error) {
    if (!(error instanceof PhiGateError)) throw error;
    return { elements: [], rewrites: [], unreadable: error };
  }
}

function readAlone(source: ByteSource, limits: SecondReaderLimits): SecondReading {
  if (source.size > limits.headerBytes) {
    throw new PhiGateError('too-large', 'too large to be read without the first reader');
  }
  const bytes = Uint8Array.from(source.read(0, source.size));
  const identity = { size: bytes.length, toOriginal: (offset: number) => offset };
  const shadow: Shadow = {
    bytes,
    rewrites: [],
    headerMap: identity,
    bodyMap: identity,
    bodyStart: 0,
    cut: new Map(),
    aliases: new Map(),
  };
  return parse(shadow, source, source, true);
}

function parse(shadow: Shadow, header: ByteSource, body: ByteSource, littleEndian: boolean): SecondReading {
  const { bytes, rewrites } = shadow;
  try {
    // Inflation without a cap is refused: deflated data comes inflated, or not at all.
    const dataSet = dicomParser.parseDicom(bytes, { inflater: refuseDeflated });
    return { elements: flattened(dataSet, shadow, header, body, littleEndian), rewrites };
  } catch (thrown) {
    const partial = (thrown as { dataSet?: DataSet } | undefined)?.dataSet;
    const elements = partial === undefined ? [] : flattened(partial, shadow, header, body, littleEndian);
    return { elements, rewrites, unreadable: gaveUp(thrown) };
  }
}

function refuseDeflated(): never {
  throw new PhiGateError('unsupported', 'deflated data that the first reader could not inflate');
}

function gaveUp(thrown: unknown): PhiGateError {
  const inner = (thrown as { exception?: unknown } | undefined)?.exception ?? thrown;
  if (inner instanceof PhiGateError) return inner;
  if (inner instanceof RangeError && /call stack/i.test(inner.message)) {
    return new PhiGateError('too-deep', 'nested too deep for the second reader');
  }
  // The parser's own message is left out: it may quote what it read.
  return new PhiGateError('malformed', 'the second reader (dicom-parser) could not read the file');
}

function flattened(
  dataSet: DataSet,
  shadow: Shadow,
  header: ByteSource,
  body: ByteSource,
  littleEndian: boolean,
): SecondElement[] {
  const all: SecondElement[] = [];
  const visit = (elements: readonly ParserElement[], prefix: Locus, depth: number): void => {
    for (const element of elements) {
      if (element.tag === 'xfffee00d') continue; // the parser files the item delimiter as an element
      const tag = shadow.aliases.get(numberOf(element.tag)) ?? numberOf(element.tag);
      const path = `${prefix}${formatTag(tag)}`;
      if (shadow.ownSyntax === null && path === '(0002,0010)') continue; // ours, not the file's
      all.push(secondElement(element, tag, path, depth));
      (element.items ?? []).forEach((item, index) => {
        visit(Object.values(item.dataSet?.elements ?? {}), `${path}[${index}].`, depth + 1);
      });
    }
  };
  const secondElement = (element: ParserElement, tag: Tag, path: Locus, depth: number): SecondElement => {
    const meta = depth === 0 && element.dataOffset <= shadow.bodyStart && groupOf(tag) === 2;
    const toOriginal = (offset: number): number =>
      // The last byte of the header leads back even where the value was left out.
      meta
        ? shadow.headerMap.toOriginal(offset - 1) + 1
        : shadow.bodyMap.toOriginal(offset - shadow.bodyStart - 1) + 1;
    const own = path === '(0002,0010)' ? shadow.ownSyntax : undefined;
    const valueStart = own?.valueStart ?? toOriginal(element.dataOffset);
    const length = own?.length ?? shadow.cut.get(valueStart) ?? element.length ?? 0;
    const from = meta ? header : body;
    return {
      path,
      tag,
      ...(element.vr === undefined ? {} : { vr: element.vr }),
      valueStart,
      length,
      meta,
      depth,
      ...(element.items === undefined ? {} : { items: element.items.length }),
      ...(element.fragments === undefined
        ? {}
        : {
            fragments: element.fragments.map((fragment) => {
              const start = toOriginal(fragment.position);
              return { valueStart: start, length: shadow.cut.get(start) ?? fragment.length };
            }),
          }),
      littleEndian: meta || littleEndian,
      value: (at = 0, count = length - at) =>
        Uint8Array.from(from.read(valueStart + at, Math.max(0, Math.min(count, length - at)))),
    };
  };
  visit(inOrder(dataSet), '', 0);
  return all;
}

/** The parser puts the file meta group after the data set; the file has it first. */
function inOrder(dataSet: DataSet): ParserElement[] {
  const elements = Object.values(dataSet.elements);
  const meta = elements.filter((element) => element.tag.startsWith('x0002'));
  return [...meta, ...elements.filter((element) => !element.tag.startsWith('x0002'))];
}

function numberOf(tag: string): Tag {
  return parseTag(tag.slice(1));
}
