import type { PersonCodes } from '../audit/person-codes.ts';
import type { PatientKey } from '../crosswalk/codes.ts';
import type { KnownIdentifier } from '../detect/detector.ts';
import type { FilePlanes } from '../dicom/volume/planes.ts';
import type { MaskedPerson } from '../gate/derived/population.ts';
import type { FileSource } from '../input/file-source.ts';
import type { ActionTaken } from '../mask/masking.ts';
import type { HipaaCategory } from '../model/category.ts';
import type { Finding, Tier } from '../model/finding.ts';
import type { Format, Locus, Place } from '../model/passage.ts';
import type { BlackedOut } from '../model/redaction.ts';
import type { ReasonCode } from '../model/result.ts';
import type { TextBox } from '../ocr/text-boxes.ts';
import type { ByteSink } from '../splice.ts';
import type { Tiles } from './tile-boxes.ts';
import type { AuditTools } from './tools.ts';

/** What the survey of a source leaves in the store (encrypted): a resumed run need not read the source again. */
export interface SourceSurvey {
  readonly patients: readonly (readonly PatientKey[])[];
  readonly known: readonly KnownIdentifier[];
  /** Study Instance UID and the earliest time of day in it, in seconds. */
  readonly studyTimes: readonly (readonly [study: string, seconds: number])[];
  /** Manufacturer, model and software versions: words of the file's own that are no identifiers. */
  readonly equipment: readonly string[];
  /** Messages that the filters leave out, by index; `all` where nothing of the source is left. */
  readonly filtered: readonly number[] | 'all';
  readonly studies: readonly string[];
  /** The cross-sections of a CT, MR or PET file. */
  readonly planes?: FilePlanes;
  /** Whose the file, or each of its messages, is, as the second reader sees it; null where it says nothing. */
  readonly persons?: readonly (PersonCodes | null)[];
  readonly anomalies: readonly string[];
}

/** What masking a source gave, besides the bytes that went to the sink. */
export interface Masked {
  readonly actions: readonly ActionTaken[];
  /** Messages of the source that could not be masked and are not in the output, and those that are. */
  readonly parts?: { readonly kept: readonly number[]; readonly withheld: number };
  /** What was put where, so that the audit can prove that all else stayed: start, end, new length. */
  readonly edits?: readonly EditSpan[];
}

export type EditSpan = readonly [start: number, end: number, length: number];

/** Something that keeps a source, or one of its parts, from being released, whatever the findings. */
export interface Problem {
  readonly code: ReasonCode;
  /** Value-free: what, where, what to do. */
  readonly explain: string;
  readonly locus?: Locus;
  /** Index of the message in the staged file, where it concerns one alone. */
  readonly part?: number;
}

/** What was looked at: counts by place. */
export type PlaceCounts = Partial<Record<Place, { passages: number; characters: number }>>;

export interface FrameCounts {
  readonly total: number;
  readonly read: number;
  readonly cleared: number;
  readonly notRun: number;
  /** In which something was blacked out. */
  readonly redacted?: number;
  /** Why frames were not read, counted. */
  readonly why: Readonly<Record<string, number>>;
}

/** Of a file without pixels. */
export const NO_FRAMES: FrameCounts = { total: 0, read: 0, cleared: 0, notRun: 0, why: {} };

export interface Audited {
  readonly findings: readonly PartFinding[];
  /** Hits that a rule of the project lets stand. */
  readonly accepted: readonly PartAccepted[];
  readonly problems: readonly Problem[];
  readonly places: PlaceCounts;
  readonly frames: FrameCounts;
  readonly anomalies: readonly string[];
  /** Messages in the staged file. */
  readonly parts?: number;
  /** Where the frames hold text, in order. */
  readonly text?: readonly (readonly TextBox[])[];
  /** The frames are tiles of one image. */
  readonly tiles?: Tiles;
  /** Compressed frames carry something outside their samples. */
  readonly hidesBits?: boolean;
  /** The original is a picture by its SOP class and has no pixels. */
  readonly lacksPixels?: boolean;
  /** Whose the file, or each of its messages, was and is. */
  readonly persons?: readonly MaskedPerson[];
}

export interface PartFinding {
  readonly finding: Finding;
  readonly part?: number;
}

/** A hit in a place that a rule keeps: accepted risk. */
export interface AcceptedHit {
  readonly category: HipaaCategory;
  readonly tier: Tier;
  /** The rule by its `at`. */
  readonly rule: string;
}

export interface PartAccepted extends AcceptedHit {
  readonly part?: number;
}

/** One way through the house for one format. Both formats have the same shape. */
export interface FormatLine {
  readonly format: Format;
  /** First look at an original. @throws PhiGateError where it cannot be read. */
  survey(source: FileSource): SourceSurvey;
  /** Masks an original into `sink`. @throws PhiGateError where nothing of it can be masked. */
  mask(source: FileSource, survey: () => SourceSurvey, sink: ByteSink): Masked;
  /** Reads a staged file afresh and looks for what should not be there. */
  audit(
    staged: FileSource,
    original: FileSource,
    survey: SourceSurvey,
    tools: AuditTools,
    subject: AuditSubject,
  ): Promise<Audited>;
  /**
   * Writes a staged file with boxes of its frames blacked out, and says what shows something else than before.
   * @throws PhiGateError where that cannot be done; the staged file is then as good as before.
   */
  redact?(
    staged: FileSource,
    redaction: readonly BlackedOut[],
    sink: ByteSink,
    rewriteAll: boolean,
  ): Promise<readonly BlackedOut[]>;
  /** Boxes that a staged file has blacked out whatever they hold: by device, and by its own regions. */
  fixedBoxes?(staged: FileSource): readonly BlackedOut[];
  /** Writes a staged file without some of its messages. */
  withhold?(staged: FileSource, parts: ReadonlySet<number>, sink: ByteSink): void;
}

export interface AuditSubject {
  readonly sourceId: string;
  readonly output: string;
  /** What masking said it did (HL7). */
  readonly edits?: readonly EditSpan[];
  /** Messages of the original that are in the staged file. */
  readonly kept?: readonly number[];
  /** What was blacked out in the staged file. */
  readonly redaction?: readonly BlackedOut[];
}
