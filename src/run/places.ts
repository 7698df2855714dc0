import type { SecondReading } from '../audit/dicom/second-reader.ts';
import { lookup } from '../dicom/dictionary.ts';
import type { DicomFile } from '../dicom/element.ts';
import { isPrivate, tagId } from '../dicom/tag.ts';
import type { Hl7File } from '../hl7/file.ts';
import { fieldSpans, type Message } from '../hl7/message.ts';
import type { Locus, PassageHints } from '../model/passage.ts';

/** Bytes of one element or field, so that a hit in raw bytes is known to be the one that its passage gave. */
export interface BytePlace {
  readonly start: number;
  readonly end: number;
  readonly locus: Locus;
  /** What a passage of the place would say of itself, where that can be told without decoding. */
  readonly hints?: PassageHints;
}

/** The element or field that a locus lies in: components, subcomponents and repetitions of HL7 are parts of their field. */
export const placeOf = (locus: Locus): Locus =>
  /^.*?[A-Z][A-Z0-9]{2}(?:\[\d+\])?-\d+/.exec(locus)?.[0] ?? locus;

/** Finds the place that a range of bytes lies in; undefined where it lies in none, or runs out of one. */
export class BytePlaces {
  readonly #sorted: readonly BytePlace[];

  constructor(places: readonly BytePlace[]) {
    this.#sorted = [...places].sort((a, b) => a.start - b.start);
  }

  at(start: number, end: number): BytePlace | undefined {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle]?.start ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    const place = this.#sorted[low - 1];
    return place !== undefined && end <= place.end ? place : undefined;
  }
}

/** Values of a DICOM file without items, the preamble and what trails; offsets count in `file.body`. */
export function dicomPlaces({ elements }: SecondReading, file: DicomFile): BytePlace[] {
  const inflated = file.inflated !== undefined;
  const places: BytePlace[] = [];
  for (const { tag, path, meta, items = 0, fragments, valueStart, length } of elements) {
    if (items > 0 || fragments !== undefined || (meta && inflated)) continue;
    const keyword = lookup(tag)?.keyword;
    const hints = isPrivate(tag)
      ? undefined
      : { format: 'dicom' as const, tag: tagId(tag), ...(keyword !== undefined && { keyword }) };
    places.push({ start: valueStart, end: valueStart + length, locus: path, ...(hints && { hints }) });
  }
  const { preambleLength, dataSetEnd, trailingLength } = file;
  if (preambleLength > 0 && !inflated) places.push({ start: 0, end: preambleLength, locus: 'preamble' });
  if (trailingLength > 0)
    places.push({ start: dataSetEnd, end: dataSetEnd + trailingLength, locus: 'trailing' });
  return places;
}

/** Fields of the messages of a file, named as the passages name them: `message[0] OBX[2]-5`. */
export function hl7Places({ parts }: Hl7File): BytePlace[] {
  return parts.flatMap((message) => fieldsOf(message, parts.length > 1 ? `message[${message.index}] ` : ''));
}

function fieldsOf(message: Message, prefix: string): BytePlace[] {
  const totals = new Map<string, number>();
  for (const { name } of message.segments) totals.set(name, (totals.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  const places: BytePlace[] = [];
  for (const segment of message.segments) {
    const count = (seen.get(segment.name) ?? 0) + 1;
    seen.set(segment.name, count);
    if (segment.name === '') continue;
    const name = `${prefix}${segment.name}${(totals.get(segment.name) ?? 1) > 1 ? `[${count}]` : ''}`;
    const spans = fieldSpans(message, segment);
    for (let field = 1; 2 * field + 1 < spans.length; field += 1) {
      const [start, end] = [spans[2 * field] ?? 0, spans[2 * field + 1] ?? 0];
      if (end > start) places.push({ start, end, locus: `${name}-${field}` });
    }
  }
  return places;
}
