import { inflateRawSync, inflateSync } from 'node:zlib';
import { PhiGateError } from '../errors.ts';
import type { Anomaly } from '../model/anomaly.ts';
import { type ByteSource, memorySource } from '../splice.ts';
import { lookup } from './dictionary.ts';
import type { DataElement, DicomFile, Encoding } from './element.ts';
import { groupOf, type Tag, tagOf } from './tag.ts';
import { isVr, Tokenizer } from './tokenizer.ts';
import {
  encodingOf,
  GE_PRIVATE_BE_PIXELS,
  IMPLICIT_LE,
  isDeflated,
  isNative,
  nativeSyntaxOf,
} from './transfer-syntax.ts';

export interface DicomLimits {
  readonly depth: number;
  readonly inflatedBytes: number;
}

const META: Encoding = { explicit: true, littleEndian: true };
const TRANSFER_SYNTAX_UID = 0x00020010;

/**
 * Reads a DICOM file (PS3.10) or a bare data set: preamble, file meta group, data set, trailing bytes; values stay where
 * they are. A missing preamble, a missing meta group and a transfer syntax that the bytes contradict are got over and
 * reported as anomalies.
 * @throws PhiGateError `not-dicom`, `truncated`, `malformed`, `too-deep`, `too-large` or `unsupported`.
 */
export function readDicom(source: ByteSource, limits: DicomLimits): DicomFile {
  const anomalies: Anomaly[] = [];
  const preambleLength = hasPreamble(source) ? 128 : 0;
  const metaStart = preambleLength === 0 ? 0 : 132;
  const tokenizer = new Tokenizer(source, limits, anomalies);
  const meta = hasMeta(source, metaStart)
    ? tokenizer.read(metaStart, source.size, META, (tag) => groupOf(tag) === 2)
    : undefined;
  if (preambleLength === 0) anomalies.push({ kind: 'no preamble', locus: 'preamble' });
  if (meta === undefined) anomalies.push({ kind: 'no file meta information', locus: '(0002,0000)' });
  const dataSetStart = meta?.end ?? metaStart;
  const declared = declaredSyntax(source, meta?.elements ?? []);
  if (declared === GE_PRIVATE_BE_PIXELS) {
    throw new PhiGateError(
      'unsupported',
      'the private transfer syntax with big-endian pixels; convert it to a standard one',
      {
        locus: '(0002,0010)',
      },
    );
  }
  const inflated = isDeflated(declared) ? inflateDataSet(source, dataSetStart, limits, anomalies) : undefined;
  const body = inflated === undefined ? source : memorySource(inflated);
  const start = inflated === undefined ? dataSetStart : 0;
  const { encoding, transferSyntax } = settleEncoding(body, start, declared, meta !== undefined, anomalies);
  const dataSet = inflated === undefined ? tokenizer : new Tokenizer(body, limits, anomalies);
  const tokens = dataSet.read(start, body.size, encoding);
  if (tokens.elements.length === 0 && (meta?.elements.length ?? 0) === 0) {
    throw new PhiGateError(
      'not-dicom',
      'no data element was found; expected a preamble, a meta group or a data set',
      { offset: start },
    );
  }
  const trailingLength = body.size - tokens.end;
  if (trailingLength > 0) refuseCut(body, tokens.elements, tokens.end, encoding);
  if (trailingLength > 0) anomalies.push({ kind: 'trailing bytes', locus: 'trailing', offset: tokens.end });
  return {
    preambleLength,
    meta: meta?.elements ?? [],
    dataSet: tokens.elements,
    dataSetStart,
    dataSetEnd: tokens.end,
    trailingLength,
    declaredTransferSyntax: declared,
    transferSyntax,
    encoding,
    ...(inflated !== undefined && { inflated }),
    body,
    anomalies,
  };
}

const ascii = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

function hasPreamble(source: ByteSource): boolean {
  return source.size >= 132 && ascii(source.read(128, 4)) === 'DICM';
}

function hasMeta(source: ByteSource, at: number): boolean {
  const head = source.read(at, 6);
  return head.length === 6 && head[0] === 2 && head[1] === 0 && isVr(ascii(head.subarray(4, 6)));
}

function declaredSyntax(source: ByteSource, meta: readonly DataElement[]): string {
  const element = meta.find(({ tag }) => tag === TRANSFER_SYNTAX_UID);
  if (element === undefined) return '';
  return ascii(source.read(element.valueStart, Math.min(128, element.valueEnd - element.valueStart)))
    .replace(/[\0 ]+$/, '')
    .trim();
}

/** PS3.5 A.5: the data set is a raw deflate stream (RFC 1951). Some writers make a zlib stream of it. */
function inflateDataSet(
  source: ByteSource,
  start: number,
  limits: DicomLimits,
  anomalies: Anomaly[],
): Uint8Array {
  const compressed = Buffer.from(source.read(start, source.size - start));
  const options = { maxOutputLength: limits.inflatedBytes };
  try {
    return inflateRawSync(compressed, options);
  } catch (error) {
    refuseBomb(error, limits);
  }
  try {
    const inflated = inflateSync(compressed, options);
    anomalies.push({ kind: 'zlib stream instead of a raw deflate stream', locus: 'data set', offset: start });
    return inflated;
  } catch (error) {
    refuseBomb(error, limits);
    throw new PhiGateError('malformed', `at byte ${start}: expected a deflated data set`, { offset: start });
  }
}

function refuseBomb(error: unknown, limits: DicomLimits): void {
  if (error instanceof RangeError || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
    throw new PhiGateError(
      'too-large',
      `the data set inflates to more than ${limits.inflatedBytes} bytes; raise limits.inflatedBytes if that is right`,
    );
  }
}

const ROWS = 0x00280010;
const PIXELS = [0x7fe00010, 0x7fe00008, 0x7fe00009];

/**
 * A file that was cut inside the header of an element ends with bytes that look trailing. They are not where a picture lacks
 * its pixels, or where they begin the header of an attribute of the standard that may come next.
 */
function refuseCut(
  body: ByteSource,
  elements: readonly DataElement[],
  end: number,
  { littleEndian }: Encoding,
): void {
  const has = (tag: number) => findElement(elements, tag) !== undefined;
  const rest = body.read(end, 8);
  const lacksPixels = has(ROWS) && !PIXELS.some(has);
  if (!lacksPixels && (rest.length < 4 || rest.length >= 8 || !mayComeNext(rest, elements, littleEndian)))
    return;
  throw new PhiGateError(
    'truncated',
    `at byte ${end}: expected the rest of a data element; the file was cut`,
    { offset: end },
  );
}

function mayComeNext(rest: Uint8Array, elements: readonly DataElement[], littleEndian: boolean): boolean {
  const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
  const tag = tagOf(view.getUint16(0, littleEndian), view.getUint16(2, littleEndian));
  return tag > (elements[elements.length - 1]?.tag ?? 0) && lookup(tag) !== undefined;
}

/** The encoding that the first element's bytes speak, and the transfer syntax that goes with it. */
function settleEncoding(
  body: ByteSource,
  start: number,
  declared: string,
  hasMetaGroup: boolean,
  anomalies: Anomaly[],
): { encoding: Encoding; transferSyntax: string } {
  const seen = seenEncoding(body, start);
  if (declared === '') {
    if (seen === undefined && !hasMetaGroup) {
      throw new PhiGateError('not-dicom', `at byte ${start}: expected a data element of group 0008`, {
        offset: start,
      });
    }
    // PS3.10 demands a transfer syntax; without one the default of PS3.5 10.1 is the safest reading.
    const encoding = seen ?? encodingOf(IMPLICIT_LE);
    return { encoding, transferSyntax: nativeSyntaxOf(encoding) };
  }
  const encoding = encodingOf(declared);
  if (
    seen === undefined ||
    (seen.explicit === encoding.explicit && seen.littleEndian === encoding.littleEndian)
  ) {
    return { encoding, transferSyntax: declared };
  }
  anomalies.push({ kind: 'transfer syntax contradicted by the data set', locus: '(0002,0010)' });
  return { encoding: seen, transferSyntax: isNative(declared) ? nativeSyntaxOf(seen) : declared };
}

/** What the first eight bytes of a data set say; undefined where they say nothing. */
function seenEncoding(body: ByteSource, start: number): Encoding | undefined {
  const head = body.read(start, 8);
  if (head.length < 8) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, 8);
  const explicit = isVr(ascii(head.subarray(4, 6)));
  const little = view.getUint16(0, true);
  const big = view.getUint16(0, false);
  const isFirstGroup = (group: number) => group >= 0x0004 && group <= 0x00ff;
  if (isFirstGroup(little)) {
    if (explicit) return { explicit: true, littleEndian: true };
    return view.getUint32(4, true) <= body.size - start || view.getUint32(4, true) === 0xffffffff
      ? { explicit: false, littleEndian: true }
      : undefined;
  }
  if (isFirstGroup(big) && explicit) return { explicit: true, littleEndian: false };
  if (explicit) return { explicit: true, littleEndian: true };
  return undefined;
}

/** The first element of a tag at the top level. */
export function findElement(elements: readonly DataElement[], tag: number): DataElement | undefined {
  return elements.find((element) => element.tag === (tag as Tag));
}
