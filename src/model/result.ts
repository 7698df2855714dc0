import type { HipaaCategory } from './category.ts';
import type { Format, Place } from './passage.ts';

/** How a check, a channel or a category ended. Only `pass` and `not-applicable` are good news. */
export type CheckState = 'pass' | 'fail' | 'accepted-risk' | 'needs-review' | 'not-applicable' | 'not-run';

/** Where a source ended. */
export type SourceStatus = 'released' | 'held' | 'quarantined' | 'skipped';

/** Why, in a word that is the same for every source of the kind; `explain` in the report spells it out. */
export type ReasonCode =
  | 'clean'
  | 'suspects' // held
  | 'pixels-not-run' // held: frames that cannot be read yet
  | 'pixels-missing' // held: a picture by its SOP class, without pixels: it may be cut
  | 'pixels-text' // held or quarantined: text in pixels
  | 'label-image' // quarantined: the photograph of a slide's label
  | 'leak'
  | 'unreadable'
  | 'malformed'
  | 'not-supported'
  | 'not-searched'
  | 'readers-disagree'
  | 'integrity' // something outside the edits changed
  | 'too-large'
  | 'filtered'
  | 'ignored'
  | 'index' // DICOMDIR
  | 'empty'
  | 'disk'
  | 'internal';

export type Verdict = 'pass' | 'findings' | 'incomplete' | 'nothing-to-scan';

/** The one result of a run or scan; every report and the exit code are renderings of it. No value of PHI is in it. */
export interface RunResult {
  readonly version: 1;
  readonly tool: { readonly name: 'phi-gate'; readonly version: string; readonly node: string };
  readonly command: 'run' | 'scan';
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly verdict: Verdict;
  readonly exitCode: 0 | 1 | 3 | 4;
  readonly project: ProjectSummary;
  readonly claim: Claim;
  readonly sources: SourceCounts;
  readonly coverage: Coverage;
  readonly categories: readonly CategoryRow[];
  /** Identifiers that are in the release because a rule of the project keeps them. Never a pass. */
  readonly accepted: readonly AcceptedRow[];
  readonly actions: readonly {
    readonly attribute: string;
    readonly action: string;
    readonly count: number;
  }[];
  readonly reasons: readonly {
    readonly status: SourceStatus;
    readonly code: ReasonCode;
    readonly explain: string;
    readonly count: number;
  }[];
  readonly checks: readonly Check[];
  readonly canaries: readonly {
    readonly detector: string;
    readonly planted: number;
    readonly found: number;
  }[];
  readonly rules: readonly { readonly file: string; readonly edition: string; readonly sha256: string }[];
  readonly anomalies: readonly { readonly kind: string; readonly count: number }[];
  /** SHA-256 of `report/manifest.json`; absent in a scan. */
  readonly manifestSha256?: string;
  readonly limits: readonly string[];
}

export interface ProjectSummary {
  readonly name: string;
  readonly template: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly sha256: string;
  /** The decisions of project.yaml, as label and setting. */
  readonly decisions: readonly { readonly label: string; readonly setting: string }[];
}

export interface Claim {
  readonly claimed: string;
  readonly claimable: string;
  /** Why the two differ, or why nothing can be claimed. Empty when they agree. */
  readonly why: readonly string[];
}

export interface SourceCounts {
  readonly total: number;
  readonly released: number;
  readonly held: number;
  readonly quarantined: number;
  readonly skipped: number;
  readonly byFormat: readonly {
    readonly format: Format;
    readonly count: number;
    readonly released: number;
  }[];
  readonly messages: { readonly released: number; readonly withheld: number };
  readonly patients: number;
  readonly studies: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface Coverage {
  /** Passages and characters searched, by place. */
  readonly places: readonly {
    readonly place: Place;
    readonly passages: number;
    readonly characters: number;
  }[];
  readonly frames: {
    readonly total: number;
    readonly read: number;
    readonly cleared: number;
    readonly notRun: number;
    /** In which something was blacked out; left out where there are none. */
    readonly redacted?: number;
  };
  /** What was not searched, and how much of it there is. */
  readonly notSearched: readonly { readonly what: string; readonly count: number; readonly why: string }[];
  /** Known identifiers, and those that count in typed or cued places alone (short, dummy or common words). */
  readonly known: {
    readonly total: number;
    readonly typedPlacesOnly: number;
    readonly excludedDummies: number;
    readonly perFileEquipment: number;
  };
}

export interface CategoryRow {
  readonly category: HipaaCategory;
  readonly name: string;
  readonly state: CheckState;
  readonly leaks: number;
  readonly suspects: number;
  /** Hits that rules of the project let stand in released sources. */
  readonly accepted: number;
  /** Sources with a finding of the category. */
  readonly sources: number;
  /** How often masking acted on something of the category, as evidence; 0 in a scan. */
  readonly masked: number;
  /** Which channels looked for it: detectors, OCR, rules by class. */
  readonly searchedBy: readonly string[];
}

/** Hits of a category in the places that one rule of the project keeps. */
export interface AcceptedRow {
  /** The rule by its `at`: words of PS3.6 or HL7, no value. */
  readonly rule: string;
  readonly category: HipaaCategory;
  readonly leaks: number;
  readonly suspects: number;
  readonly sources: number;
}

export interface Check {
  readonly id: string;
  readonly title: string;
  readonly state: CheckState;
  readonly detail: string;
}
