import { findingOf } from '../audit/finding.ts';
import type { Detector } from '../detect/detector.ts';
import { explainHit } from '../detect/explain.ts';
import { CHUNK_OVERLAP } from '../detect/known/byte-search.ts';
import { hitsOverBreaks } from '../detect/line-breaks.ts';
import { isSureName } from '../detect/links/names-of-file.ts';
import { mergeHits } from '../detect/merge.ts';
import type { HipaaCategory } from '../model/category.ts';
import { type Finding, type Hit, SHOWN } from '../model/finding.ts';
import type { Format, Locus, Passage, Place } from '../model/passage.ts';
import type { ByteSource } from '../splice.ts';
import type { Accepted } from './acceptance.ts';
import type { BulkRange } from './dicom-reading.ts';
import { changedSince, FileLinks } from './file-links.ts';
import type { Audited, AuditSubject, PartAccepted, PartFinding, PlaceCounts } from './line.ts';
import { type BytePlace, BytePlaces, placeOf } from './places.ts';
import type { AuditTools } from './tools.ts';

/** A procedure code that happens to be somebody's record number. */
const isPublicCode = (hit: Hit, { hints }: Passage): boolean =>
  hints.coded === true && hit.rule === 'known.id';

/** A finding about a file as a whole, and the value that has its fingerprint. */
export interface WholeFile {
  readonly category: HipaaCategory;
  readonly rule: string;
  readonly locus: Locus;
  readonly value: string;
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
  readonly #accepted: PartAccepted[] = [];
  /** What passages showed so far: places and fingerprints. A value that was met in one place says nothing of another. */
  readonly #seen = new Set<string>();
  /** Elements and fields that a rule keeps as a whole. */
  readonly #keptPlaces = new Map<Locus, string>();
  readonly #kept = new Set<string>();
  readonly #places: PlaceCounts = {};
  /** A name that one passage shows is looked for in all others. */
  readonly #links = new FileLinks();
  readonly #linker: Detector;

  constructor(tools: AuditTools, equipment: readonly string[], subject: AuditSubject, format: Format) {
    this.#tools = tools;
    this.#detectors = tools.detectors(equipment);
    this.#equipment = equipment;
    this.#subject = subject;
    this.#format = format;
    this.#links.names.leaveOut(equipment);
    this.#linker = tools.linker(this.#links.names);
  }

  /** Words of the file's own make, once it has been read: they are not searched from here on. */
  leaveOut(equipment: readonly string[]): void {
    this.#equipment = equipment;
    this.#detectors = this.#tools.detectors(equipment);
    this.#links.names.leaveOut(equipment);
  }

  passage(passage: Passage, part?: number): void {
    this.counted(passage.place, 1, passage.text.length);
    if (passage.text === '') return;
    const kept = this.#tools.keptBy(passage);
    if (kept?.whole) this.#keptPlaces.set(placeOf(passage.locus), kept.rule);
    const hits = this.#hitsIn(passage);
    for (const hit of hits) this.#say(hit, passage, part);
    if (this.#links.keep(passage, part, hits)) this.#link();
  }

  #hitsIn(passage: Passage): readonly Hit[] {
    if (passage.hints.breaks !== undefined) return hitsOverBreaks(this.#detectors, passage);
    const found = this.#detectors.flatMap((detector) => detector.detect(passage));
    this.#links.learn(
      passage.text,
      found.filter((hit) => isSureName(hit) && !this.#isNoNews(hit, passage)),
    );
    return mergeHits(found);
  }

  /** Whether a hit is on a value that the project itself put there. */
  #isNoNews(hit: Hit, passage: Passage): boolean {
    const accepted = this.#tools.accepts(hit, passage);
    return accepted !== undefined && accepted.rule === undefined;
  }

  /**
   * Names that passages of the original show and the file does not any more: what masking took out of one place is looked for
   * in all others. `samePlaces`: a place of the one is the same place of the other.
   */
  namesOf(originals: readonly Passage[], staged: readonly Passage[], samePlaces: boolean): void {
    for (const { text, hits } of changedSince(originals, staged, samePlaces, this.#tools.nameFinders))
      this.#links.learn(text, hits);
  }

  /** What finds the names of the file in further texts. */
  get linker(): Detector {
    return this.#linker;
  }

  #link(): void {
    const find = (passage: Passage): readonly Hit[] =>
      passage.hints.breaks === undefined
        ? this.#linker.detect(passage)
        : hitsOverBreaks([this.#linker], passage);
    for (const { hit, passage, part } of this.#links.search(find)) this.#say(hit, passage, part);
  }

  #say(hit: Hit, passage: Passage, part: number | undefined): void {
    const { sourceId, output } = this.#subject;
    const finding = findingOf(hit, passage, {
      sourceId,
      ...(output !== '' && { file: output }),
      fingerprints: this.#tools.fingerprints,
    });
    const accepted = isPublicCode(hit, passage) ? {} : this.#tools.accepts(hit, passage);
    if (accepted === undefined) this.#keep(finding, part);
    else this.#accept(finding, accepted, part);
  }

  /** A hit that OCR's words gave in a picture beside the frames: an overlay, an icon. */
  pictureHit(hit: Hit, text: string, locus: Locus): void {
    this.#keep(this.#finding(hit, text, locus), undefined);
  }

  /** The same in a frame of the instance's own pixels. */
  pixelHit(
    hit: Hit,
    text: string,
    locus: Locus,
    frame: number,
    box: readonly [number, number, number, number],
    part?: number,
  ): void {
    this.#keep(this.#finding(hit, text, locus, { frame, box }), part);
  }

  /** What the file is as a whole, by a rule and not by a text: a photograph, a voice, a slice of a head, a face in a frame. */
  whole(
    detector: string,
    { category, rule, locus, value }: WholeFile,
    picture?: Pick<Finding, 'frame' | 'box'>,
  ): void {
    const hit = {
      start: 0,
      end: value.length,
      category,
      detector,
      rule,
      tier: 'suspect',
      confidence: 0.9,
    } as const;
    const finding = this.#finding(hit, value, locus, picture);
    const waiver = this.#tools.waives(category);
    if (waiver === undefined) this.#keep(finding, undefined);
    else this.#accept(finding, { rule: waiver }, undefined);
  }

  /**
   * Raw bytes, where no reader need understand them. What a passage showed of a place is not said again of the same
   * `places`; it is in bulk data, and of every other place.
   */
  bytes(
    source: ByteSource,
    bulk: readonly BulkRange[],
    places: readonly BytePlace[],
    partAt: (offset: number) => number | undefined = () => undefined,
  ): void {
    this.counted('raw bytes', 1, source.size);
    const known = new BytePlaces(places);
    for (const range of partition(source.size, bulk)) {
      for (let at = range.start; at < range.end; at += CHUNK) {
        const bytes = source.read(at, Math.min(CHUNK + CHUNK_OVERLAP, range.end - at));
        const open = { openStart: at > range.start, openEnd: at + bytes.length < range.end };
        for (const { start, end, hit } of this.#tools.searchBytes(bytes, range.bulk, this.#equipment, open)) {
          const value = Buffer.from(bytes.subarray(start, end)).toString('latin1');
          if (this.#tools.acceptsBytes(hit, value)) continue;
          const finding = this.#finding(
            { ...hit, start: at + start, end: at + end },
            value,
            range.locus ?? `byte ${at + start}`,
          );
          const part = partAt(at + start);
          const place = range.bulk ? undefined : known.at(at + start, at + end);
          if (place !== undefined && this.#seen.has(`${placeOf(place.locus)} ${finding.fingerprint}`))
            continue;
          const rule = place === undefined ? undefined : this.#keptAt(place);
          if (rule === undefined) this.#keep(finding, part);
          else this.#accept(finding, { rule }, part);
        }
      }
    }
  }

  /** The rule that keeps a place as a whole: numbers have no passage, so the rules are asked again. */
  #keptAt({ locus, hints }: BytePlace): string | undefined {
    const kept = this.#keptPlaces.get(placeOf(locus));
    if (kept !== undefined || hints === undefined) return kept;
    return this.#tools.keptBy({ text: '', locus, place: 'element', hints })?.rule;
  }

  counted(place: Place, passages: number, characters: number): void {
    const counts = this.#places[place] ?? { passages: 0, characters: 0 };
    this.#places[place] = {
      passages: counts.passages + passages,
      characters: counts.characters + characters,
    };
  }

  #finding(hit: Hit, value: string, locus: Locus, picture?: Pick<Finding, 'frame' | 'box'>): Finding {
    return {
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
      explain: explainHit(hit),
      shown: SHOWN,
      fingerprint: this.#fingerprint(value),
    };
  }

  /** Not a finding, and not one in the raw bytes of the same place either. */
  #accept(finding: Finding, { rule }: Accepted, part: number | undefined): void {
    if (!this.#isNew(finding) || rule === undefined) return;
    const { category, tier } = finding;
    this.#accepted.push({ category, tier, rule, ...(part !== undefined && { part }) });
  }

  #keep(finding: Finding, part: number | undefined): void {
    if (this.#isNew(finding)) this.#findings.push(part === undefined ? { finding } : { finding, part });
  }

  /** The same place may come in two passages: lines are read with their breaks and without. */
  #isNew({ locus, span, rule, frame, fingerprint }: Finding): boolean {
    this.#seen.add(`${placeOf(locus)} ${fingerprint}`);
    const key = `${locus} ${span[0]} ${span[1]} ${rule} ${frame ?? ''}`;
    if (this.#kept.has(key)) return false;
    this.#kept.add(key);
    return true;
  }

  /** As findingOf makes it: the same value has one fingerprint, wherever it was found. */
  #fingerprint(value: string): string {
    return this.#tools.fingerprints.of(value.normalize('NFC').toUpperCase().trim());
  }

  /** What was found so far; names that passages showed are looked for first. */
  result(): Pick<Audited, 'findings' | 'accepted' | 'places'> {
    this.#link();
    return { findings: this.#findings, accepted: this.#accepted, places: this.#places };
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
