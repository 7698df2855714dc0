import { type FingerprintSource, findingOf } from '../audit/finding.ts';
import type { Detector } from '../detect/detector.ts';
import { CHUNK_OVERLAP } from '../detect/known/byte-search.ts';
import { mergeHits } from '../detect/merge.ts';
import { type Finding, type Hit, SHOWN } from '../model/finding.ts';
import type { Format, Locus, Passage, Place } from '../model/passage.ts';
import type { Ocr } from '../ocr/reader.ts';
import type { ByteSource } from '../splice.ts';
import type { BulkRange } from './dicom-reading.ts';
import type { AuditSubject, PartFinding, PlaceCounts } from './line.ts';

/** A procedure code that happens to be somebody's record number. */
const isPublicCode = (hit: Hit, { hints }: Passage): boolean =>
  hints.coded === true && hit.rule === 'known.id';

/** A known identifier in raw bytes. */
export interface ByteHit {
  readonly start: number;
  readonly end: number;
  readonly hit: Hit;
}

export interface OpenEnds {
  readonly openStart: boolean;
  readonly openEnd: boolean;
}

/** What an audit looks with. The same for every file of a run, but for the equipment words of the file. */
export interface AuditTools {
  readonly ocr: Ocr;
  detectors(equipment: readonly string[]): readonly Detector[];
  /** `open`: the bytes are a chunk that goes on before or after. */
  searchBytes(
    bytes: Uint8Array,
    bulk: boolean,
    equipment: readonly string[],
    open: OpenEnds,
  ): readonly ByteHit[];
  readonly fingerprints: FingerprintSource;
  /** Hits on what the project decided to let stand, in a passage or in raw bytes. */
  accepts(hit: Hit, passage: Passage): boolean;
  acceptsBytes(hit: Hit, value: string): boolean;
}

const CHUNK = 1 << 20;

/** Looks through the passages and bytes of one file, and keeps its findings and counts. */
export class PassageSearch {
  readonly #tools: AuditTools;
  #detectors: readonly Detector[];
  #equipment: readonly string[];
  readonly #subject: AuditSubject;
  readonly #format: Format;
  readonly #findings: PartFinding[] = [];
  /** Fingerprints of what was found so far. */
  readonly #seen = new Set<string>();
  readonly #kept = new Set<string>();
  readonly #places: PlaceCounts = {};

  constructor(tools: AuditTools, equipment: readonly string[], subject: AuditSubject, format: Format) {
    this.#tools = tools;
    this.#detectors = tools.detectors(equipment);
    this.#equipment = equipment;
    this.#subject = subject;
    this.#format = format;
  }

  /** Words of the file's own make, once it has been read: they are not searched from here on. */
  leaveOut(equipment: readonly string[]): void {
    this.#equipment = equipment;
    this.#detectors = this.#tools.detectors(equipment);
  }

  passage(passage: Passage, part?: number): void {
    this.counted(passage.place, 1, passage.text.length);
    if (passage.text === '') return;
    const { sourceId, output } = this.#subject;
    const context = {
      sourceId,
      ...(output !== '' && { file: output }),
      fingerprints: this.#tools.fingerprints,
    };
    for (const hit of mergeHits(this.#detectors.flatMap((detector) => detector.detect(passage)))) {
      const finding = findingOf(hit, passage, context);
      if (isPublicCode(hit, passage) || this.#tools.accepts(hit, passage)) this.#accepted(finding);
      else this.#keep(finding, part);
    }
  }

  /** A hit that OCR's words gave, in image coordinates. */
  pixelHit(
    hit: Hit,
    text: string,
    locus: Locus,
    frame: number,
    box: readonly [number, number, number, number],
  ): void {
    this.#add(hit, text, locus, undefined, { frame, box });
  }

  /** Raw bytes, where no reader need understand them; what a passage showed already is said again in bulk data alone. */
  bytes(
    source: ByteSource,
    bulk: readonly BulkRange[],
    partAt: (offset: number) => number | undefined = () => undefined,
  ): void {
    this.counted('raw bytes', 1, source.size);
    for (const range of partition(source.size, bulk)) {
      for (let at = range.start; at < range.end; at += CHUNK) {
        const bytes = source.read(at, Math.min(CHUNK + CHUNK_OVERLAP, range.end - at));
        const open = { openStart: at > range.start, openEnd: at + bytes.length < range.end };
        for (const { start, end, hit } of this.#tools.searchBytes(bytes, range.bulk, this.#equipment, open)) {
          const value = Buffer.from(bytes.subarray(start, end)).toString('latin1');
          if (this.#tools.acceptsBytes(hit, value)) continue;
          if (!range.bulk && this.#seen.has(this.#fingerprint(value))) continue;
          this.#add(
            { ...hit, start: at + start, end: at + end },
            value,
            range.locus ?? `byte ${at + start}`,
            partAt(at + start),
          );
        }
      }
    }
  }

  counted(place: Place, passages: number, characters: number): void {
    const counts = this.#places[place] ?? { passages: 0, characters: 0 };
    this.#places[place] = {
      passages: counts.passages + passages,
      characters: counts.characters + characters,
    };
  }

  #add(
    hit: Hit,
    value: string,
    locus: Locus,
    part: number | undefined,
    picture?: Pick<Finding, 'frame' | 'box'>,
  ): void {
    const finding: Finding = {
      sourceId: this.#subject.sourceId,
      ...(this.#subject.output !== '' && { file: this.#subject.output }),
      format: this.#format,
      locus,
      span: [hit.start, hit.end],
      ...picture,
      category: hit.category,
      detector: hit.detector,
      rule: hit.rule,
      tier: hit.tier,
      confidence: hit.confidence,
      shown: SHOWN,
      fingerprint: this.#fingerprint(value),
    };
    this.#keep(finding, part);
  }

  /** Not a finding, and not one in the raw bytes either. */
  #accepted({ fingerprint }: Finding): void {
    this.#seen.add(fingerprint);
  }

  /** The same place may come in two passages: lines are read with their breaks and without. */
  #keep(finding: Finding, part: number | undefined): void {
    const key = `${finding.locus} ${finding.span[0]} ${finding.span[1]} ${finding.rule} ${finding.frame ?? ''}`;
    if (this.#kept.has(key)) return;
    this.#kept.add(key);
    this.#seen.add(finding.fingerprint);
    this.#findings.push(part === undefined ? { finding } : { finding, part });
  }

  /** As findingOf makes it: the same value has one fingerprint, wherever it was found. */
  #fingerprint(value: string): string {
    return this.#tools.fingerprints.of(value.normalize('NFC').toUpperCase().trim());
  }

  result(): { findings: readonly PartFinding[]; places: PlaceCounts; excluded: number } {
    return { findings: this.#findings, places: this.#places, excluded: 0 };
  }
}

interface SearchRange extends BulkRange {
  readonly bulk: boolean;
}

/** The whole of `[0, size)`, in bulk and other ranges. */
function partition(size: number, bulk: readonly BulkRange[]): SearchRange[] {
  const ranges: SearchRange[] = [];
  let at = 0;
  for (const range of [...bulk].sort((a, b) => a.start - b.start)) {
    if (range.start > at) ranges.push({ start: at, end: range.start, bulk: false });
    if (range.end > Math.max(at, range.start))
      ranges.push({ ...range, start: Math.max(at, range.start), bulk: true });
    at = Math.max(at, range.end);
  }
  if (at < size) ranges.push({ start: at, end: size, bulk: false });
  return ranges;
}
