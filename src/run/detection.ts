import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FingerprintSource } from '../audit/finding.ts';
import { runCanaries } from '../detect/canaries.ts';
import { textCleaner } from '../detect/clean.ts';
import { codestreamTextDetector } from '../detect/codestream-text.ts';
import { derivedCodeDetector } from '../detect/derived.ts';
import type { Detector, KnownIdentifier, TextCleaner } from '../detect/detector.ts';
import { encodedTextDetector } from '../detect/encoded-text.ts';
import { exceptIssuedCodes } from '../detect/issued-codes.ts';
import { issuedUidDetector } from '../detect/issued-uids.ts';
import { loadKnownCsv } from '../detect/known/known-csv.ts';
import { KnownIdentifiers } from '../detect/known/known-identifiers.ts';
import type { KnownIndex } from '../detect/known/known-index.ts';
import { nameDetector } from '../detect/names/gazetteer.ts';
import { patternDetector } from '../detect/patterns.ts';
import { typedFieldDetector } from '../detect/typed.ts';
import type { Documents } from '../documents/documents.ts';
import { PhiGateError } from '../errors.ts';
import type { RunResult } from '../model/result.ts';
import type { Ocr } from '../ocr/reader.ts';
import type { Project } from '../project/schema.ts';
import { waiverOf } from '../project/waivers.ts';
import { Acceptance } from './acceptance.ts';
import { CANARY_PERSON, fileCanaries } from './canary-files.ts';
import type { AuditTools } from './tools.ts';

export interface DetectionOptions {
  readonly project: Project;
  readonly now: Date;
  /** Whether a value is a code of our crosswalk; absent in a scan, where nobody knows. */
  readonly isIssued?: (value: string) => boolean;
  /** CSV of identifiers to look for. */
  readonly knownFile?: string;
}

/** Everything that a run looks with: detectors, known identifiers, cleaner. The known set grows until it is frozen. */
export class Detection {
  /** SHA-256 of the handed-over identifiers, '' without any. */
  readonly knownSha256: string;
  readonly #known = new KnownIdentifiers();
  readonly #options: DetectionOptions;
  readonly #dates: 'find' | 'expected' | 'kept';
  readonly #byEquipment = new Map<string, readonly Detector[]>();
  #values: ReadonlySet<string> | undefined;
  #index: KnownIndex | undefined;
  #derived: Detector = derivedCodeDetector([]);
  #equipmentHits = 0;

  constructor(options: DetectionOptions) {
    this.#options = options;
    this.#dates = datesOf(options);
    const csv = options.knownFile === undefined ? undefined : readKnown(options.knownFile);
    this.knownSha256 = csv === undefined ? '' : createHash('sha256').update(csv).digest('hex');
    this.learn(CANARY_PERSON);
    if (csv !== undefined) this.learn(loadKnownCsv(csv));
  }

  learn(known: Iterable<KnownIdentifier>): void {
    for (const identifier of known) this.#known.add(identifier);
  }

  /** Whether a value is an identifier that was learnt, letter case apart. */
  isKnown(value: string): boolean {
    this.#values ??= new Set([...this.#known.values()].map((known) => known.value.toUpperCase()));
    return this.#values.has(value.toUpperCase());
  }

  /** Ends learning. */
  freeze(): void {
    this.#index = this.#known.freeze();
    this.#derived = derivedCodeDetector(this.#known.values());
    this.#byEquipment.clear();
  }

  /**
   * The cleaner of the `clean` action: known identifiers, what is derived from them, and patterns. The audit looks again
   * from scratch.
   */
  cleaner(): TextCleaner {
    const inText = [
      this.#frozen().detector({ dates: this.#dates }),
      patternDetector({ dates: this.#dates }),
      nameDetector(),
    ];
    return textCleaner([...inText, this.#uids(), this.#derived, encodedTextDetector(inText)]);
  }

  /** All detectors; `equipment` names words of the file's own that are not searched there. */
  detectors(equipment: readonly string[]): readonly Detector[] {
    const key = [...new Set(equipment)].sort().join('\0');
    let detectors = this.#byEquipment.get(key);
    if (detectors === undefined) {
      const { isIssued, now } = this.#options;
      const inText = [
        this.#exceptCodes(this.#frozen().detector({ dates: this.#dates, exclude: equipment })),
        this.#exceptCodes(patternDetector({ dates: this.#dates })),
        this.#exceptCodes(nameDetector()),
      ];
      detectors = [
        ...inText,
        encodedTextDetector(inText),
        typedFieldDetector({ dates: this.#dates, now, ...(isIssued && { isIssued }) }),
        this.#uids(),
        this.#derived,
        codestreamTextDetector(),
      ];
      this.#byEquipment.set(key, detectors);
      if (equipment.length > 0) this.#equipmentHits += 1;
    }
    return detectors;
  }

  #exceptCodes(detector: Detector): Detector {
    const { isIssued } = this.#options;
    return isIssued === undefined ? detector : exceptIssuedCodes(detector, isIssued);
  }

  #uids(): Detector {
    const { isIssued } = this.#options;
    return issuedUidDetector(isIssued === undefined ? {} : { isIssued });
  }

  /** Detectors on invented passages, and the audit itself on invented files. */
  canaries(tools: AuditTools): RunResult['canaries'] {
    return [...runCanaries(this.detectors([]), this.#dates), ...fileCanaries(tools)];
  }

  counts(): RunResult['coverage']['known'] {
    const { total, ...counts } = this.#known.counts;
    return { ...counts, total: total - CANARY_PERSON.length, perFileEquipment: this.#equipmentHits };
  }

  tools(ocr: Ocr, fingerprints: FingerprintSource, documents: Documents): AuditTools {
    const { isIssued, project, now } = this.#options;
    const acceptance = isIssued === undefined ? undefined : new Acceptance(project);
    return {
      ocr,
      documents,
      fingerprints,
      accepts: (hit, passage) => acceptance?.accepts(passage, hit),
      keptBy: (passage) => acceptance?.keptBy(passage),
      waives: (category) => waiverOf(project, category, now)?.label,
      acceptsBytes: (hit, value) => acceptance?.acceptsBytes(hit, value) ?? false,
      detectors: (equipment) => this.detectors(equipment),
      searchBytes: (bytes, bulk, equipment, open) =>
        this.#frozen()
          .searchBytes(bytes, { bulk, exclude: equipment, dates: this.#dates, ...open })
          .map(({ start, end, category, kind }) => ({
            start,
            end,
            hit: {
              start,
              end,
              category,
              detector: 'known',
              rule: `known.${kind}`,
              tier: 'leak',
              confidence: 0.9,
            },
          })),
    };
  }

  #frozen(): KnownIndex {
    if (this.#index === undefined)
      throw new PhiGateError('internal', 'the known identifiers are not frozen yet');
    return this.#index;
  }
}

/** In a run whose project shifts or keeps dates, dates in places made for them are as they should be. */
function datesOf({ project, isIssued }: DetectionOptions): 'find' | 'expected' | 'kept' {
  if (isIssued === undefined) return 'find';
  return ({ year: 'find', remove: 'find', shift: 'expected', keep: 'kept' } as const)[project.dates];
}

function readKnown(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new PhiGateError('usage', 'the file of --known cannot be read', {}, cause);
  }
}

/** Fingerprints of one run, in memory alone: for a scan that keeps nothing. */
export function memoryFingerprints(): FingerprintSource {
  const ids = new Map<string, string>();
  return {
    of(value) {
      const id = ids.get(value) ?? randomBytes(8).toString('hex');
      ids.set(value, id);
      return id;
    },
  };
}
