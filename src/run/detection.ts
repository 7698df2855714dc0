import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FingerprintSource } from '../audit/finding.ts';
import type { PersonCodes } from '../audit/person-codes.ts';
import { runCanaries } from '../detect/canaries.ts';
import { textCleaner } from '../detect/clean.ts';
import { codestreamTextDetector } from '../detect/codestream-text.ts';
import type { KnownPerson } from '../detect/derived/persons.ts';
import { derivedCodeDetector } from '../detect/derived.ts';
import type { Detector, KnownIdentifier, TextCleaner } from '../detect/detector.ts';
import { encodedTextDetector } from '../detect/encoded-text.ts';
import { exceptIssuedCodes } from '../detect/issued-codes.ts';
import { issuedUidDetector } from '../detect/issued-uids.ts';
import { loadKnownCsv } from '../detect/known/known-csv.ts';
import { KnownIdentifiers } from '../detect/known/known-identifiers.ts';
import type { KnownIndex } from '../detect/known/known-index.ts';
import { languageDetector } from '../detect/language/detector.ts';
import { secondOpinionDetector } from '../detect/language/second-opinion.ts';
import { LINKS, linkDetector } from '../detect/links/detector.ts';
import type { NamesOfFile } from '../detect/links/names-of-file.ts';
import { type ModelDetector, openModel } from '../detect/model/detector.ts';
import { nameDetector } from '../detect/names/gazetteer.ts';
import { patternDetector } from '../detect/patterns.ts';
import { loadRules, type PatternRule } from '../detect/rule.ts';
import { siteRules } from '../detect/site-rules.ts';
import { taggerDetector } from '../detect/tagger/detector.ts';
import { typedFieldDetector } from '../detect/typed.ts';
import type { Documents } from '../documents/documents.ts';
import { PhiGateError } from '../errors.ts';
import type { RunResult } from '../model/result.ts';
import type { Ocr } from '../ocr/reader.ts';
import { resolveBeside } from '../project/load.ts';
import type { Project } from '../project/schema.ts';
import { waiverOf } from '../project/waivers.ts';
import { Acceptance } from './acceptance.ts';
import { CANARY_PERSON, fileCanaries } from './canary-files.ts';
import type { AuditTools } from './tools.ts';

/** Persons whose joint codes are looked for value by value; of more, the test over the population still compares each. */
const MOST_PERSONS = 20_000;

export interface DetectionOptions {
  readonly project: Project;
  /** Absolute path of the folder that a model of the project lies beside; the working folder where it is left out. */
  readonly folder?: string;
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
  /** The handed-over identifiers as they stand. */
  readonly handedOver: readonly KnownIdentifier[];
  readonly #known = new KnownIdentifiers();
  readonly #persons = new Map<string, KnownPerson>();
  readonly #options: DetectionOptions;
  readonly #dates: 'find' | 'expected' | 'kept';
  readonly #strict: boolean;
  readonly #rules: readonly PatternRule[];
  readonly #patterns: Detector;
  /** What goes by how words read: the tagger, and a second opinion of a strict search. */
  readonly #read: readonly Detector[];
  readonly #model: ModelDetector | undefined;
  readonly #byEquipment = new Map<string, readonly Detector[]>();
  #values: ReadonlySet<string> | undefined;
  #index: KnownIndex | undefined;
  #derived: Detector = derivedCodeDetector([]);
  #equipmentHits = 0;

  constructor(options: DetectionOptions) {
    this.#options = options;
    this.#dates = datesOf(options);
    this.#strict = options.project.detect.strict;
    this.#read = [
      taggerDetector({ dates: this.#dates, strict: this.#strict }),
      ...(this.#strict ? [secondOpinionDetector({ dates: this.#dates })] : []),
    ];
    this.#rules = rulesOf(options.project);
    this.#patterns = patternDetector({ dates: this.#dates, rules: this.#rules });
    const csv = options.knownFile === undefined ? undefined : readKnown(options.knownFile);
    this.knownSha256 = csv === undefined ? '' : createHash('sha256').update(csv).digest('hex');
    this.learn(CANARY_PERSON);
    this.handedOver = csv === undefined ? [] : loadKnownCsv(csv);
    this.learn(this.handedOver);
    this.learn(options.project.detect.words.staff.map((value) => ({ value, category: 'A', kind: 'name' })));
    this.#model = modelOf(options, this.#dates);
  }

  /** SHA-256 of the model that the project brought, undefined without one. */
  get modelSha256(): string | undefined {
    return this.#model?.sha256;
  }

  /** Ends the thread of the model, where there is one: nothing can be looked for afterwards. */
  close(): void {
    this.#model?.close();
  }

  learn(known: Iterable<KnownIdentifier>): void {
    for (const identifier of known) this.#known.add(identifier);
  }

  /** Takes in who has which name, birth date and number. */
  learnPersons(persons: Iterable<PersonCodes | null>): void {
    for (const person of persons) {
      const birth = person?.dates.birth ?? '';
      if (person === null || birth === '' || this.#persons.size >= MOST_PERSONS) continue;
      const known = { name: person.name, birth, id: person.codes.patient?.[0] ?? '' };
      this.#persons.set(JSON.stringify(known), known);
    }
  }

  /** Whether a value is an identifier that was learnt, letter case apart. */
  isKnown(value: string): boolean {
    this.#values ??= new Set([...this.#known.values()].map((known) => known.value.toUpperCase()));
    return this.#values.has(value.toUpperCase());
  }

  /** Ends learning. */
  freeze(): void {
    this.#index = this.#known.freeze();
    this.#derived = derivedCodeDetector(this.#known.values(), [...this.#persons.values()]);
    this.#byEquipment.clear();
  }

  /** What finds names by how they stand in a text. */
  nameFinders(brought = this.#brought()): readonly Detector[] {
    return [this.#patterns, ...this.#read, ...brought];
  }

  /**
   * The cleaner of the `clean` action: known identifiers, what is derived from them, patterns, spelled-out numbers, and
   * what reads like an identifier; `names` of a file, wherever they stand in it. The audit looks again from scratch.
   */
  cleaner(names?: NamesOfFile): TextCleaner {
    const inText = [
      this.#frozen().detector({ dates: this.#dates }),
      this.#patterns,
      this.#language(),
      ...this.#read,
      ...this.#brought(),
    ];
    const linker = names === undefined ? [] : [linkDetector(names)];
    return textCleaner([...inText, ...linker, this.#uids(), this.#derived, encodedTextDetector(inText)]);
  }

  /** All detectors; `equipment` names words of the file's own that are not searched there. */
  detectors(equipment: readonly string[], brought = this.#brought()): readonly Detector[] {
    const key = [brought.length, ...[...new Set(equipment)].sort()].join('\0');
    let detectors = this.#byEquipment.get(key);
    if (detectors === undefined) {
      const { isIssued, now } = this.#options;
      const inText = [
        this.#exceptCodes(this.#frozen().detector({ dates: this.#dates, exclude: equipment })),
        this.#exceptCodes(this.#patterns),
        this.#language(),
        ...this.#read.map((detector) => this.#exceptCodes(detector)),
        this.#exceptCodes(inFileNames(nameDetector())),
        ...brought.map((detector) => this.#exceptCodes(detector)),
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

  /** The detectors by name, for the report: it says of the tagger whether it was strict. */
  names(): string[] {
    const ids = this.detectors([]).map(({ id }) =>
      id === 'tagger' && this.#strict ? 'tagger (strict)' : id,
    );
    return [...ids, LINKS];
  }

  #language(): Detector {
    return languageDetector({ dates: this.#dates, now: this.#options.now });
  }

  #brought(): readonly Detector[] {
    return this.#model === undefined ? [] : [this.#model];
  }

  #exceptCodes(detector: Detector): Detector {
    const { isIssued } = this.#options;
    return isIssued === undefined ? detector : exceptIssuedCodes(detector, isIssued);
  }

  #uids(): Detector {
    const { isIssued } = this.#options;
    return issuedUidDetector(isIssued === undefined ? {} : { isIssued });
  }

  /** The same tools without the model of the project: canaries prove what ships, a model has one of its own. */
  withoutModel(tools: AuditTools): AuditTools {
    return {
      ...tools,
      detectors: (equipment) => this.detectors(equipment, []),
      nameFinders: this.nameFinders([]),
    };
  }

  /** Detectors on invented passages, and the audit itself on invented files. */
  canaries(tools: AuditTools): RunResult['canaries'] {
    const own = this.withoutModel(tools);
    return [
      ...runCanaries(own.detectors([]), this.#dates, this.#rules),
      ...fileCanaries(own),
      // What it should find nobody here knows: it must answer.
      ...(this.#model === undefined
        ? []
        : [{ detector: this.#model.id, planted: 1, found: this.#model.isLive() ? 1 : 0 }]),
    ];
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
      nameFinders: this.nameFinders(),
      linker: (names) => this.#exceptCodes(linkDetector(names)),
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

function modelOf({ project, folder = process.cwd() }: DetectionOptions, dates: 'find' | 'expected' | 'kept') {
  if (project.names === undefined) return undefined;
  const { model, labels } = project.names;
  return openModel(resolveBeside(folder, model), { labels, dates });
}

/** A file's name has no words around a person's that a tagger could go by. */
const inFileNames = ({ id, detect }: Detector): Detector => ({
  id,
  detect: (passage) => (passage.place === 'file name' ? detect(passage) : []),
});

/** In a run whose project shifts or keeps dates, dates in places made for them are as they should be. */
function datesOf({ project, isIssued }: DetectionOptions): 'find' | 'expected' | 'kept' {
  if (isIssued === undefined) return 'find';
  return ({ year: 'find', remove: 'find', shift: 'expected', keep: 'kept' } as const)[project.dates];
}

/** The rules that ship, and those of the site after them. */
function rulesOf({ detect }: Project): readonly PatternRule[] {
  const own = siteRules(detect);
  return own.length === 0 ? loadRules() : [...loadRules(), ...own];
}

function readKnown(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new PhiGateError('usage', 'the file of --known cannot be read', {}, cause);
  }
}
