import { textPassage } from '../audit/text.ts';
import { explainHit } from '../detect/explain.ts';
import { SECOND_OPINION_RULES } from '../detect/language/second-opinion.ts';
import { mergeHits } from '../detect/merge.ts';
import { loadRules, type PatternRule } from '../detect/rule.ts';
import { siteRules } from '../detect/site-rules.ts';
import { STRICT_TAGGER_RULES } from '../detect/tagger/detector.ts';
import type { HipaaCategory } from '../model/category.ts';
import { type Hit, SHOWN } from '../model/finding.ts';
import type { Passage } from '../model/passage.ts';
import { type LoadedProject, loadProject, strictly } from '../project/load.ts';
import { Detection } from './detection.ts';

/** A hit in a text, with a mask for its value; lines and columns count from 1, columns in code points, the end exclusive. */
export interface TextHit extends Pick<Hit, 'category' | 'detector' | 'rule' | 'tier' | 'confidence'> {
  readonly line: number;
  readonly columns: readonly [start: number, end: number];
  readonly shown: string;
  readonly explain: string;
}

/** What says which rules are in force. */
export interface RulesAsked {
  /** project.yaml: its own rules and words count too. */
  readonly project?: string;
  /** A strict search, whatever the project says. */
  readonly strict?: boolean;
}

const loadedFor = ({ project, strict }: RulesAsked): LoadedProject =>
  strict === true ? strictly(loadProject(project)) : loadProject(project);

/**
 * What the detectors of a scan find in the bytes of a text file, and why.
 * @throws PhiGateError `usage` for the project, `not-searched` where the bytes are no text.
 */
export function explainText(bytes: Uint8Array, asked: RulesAsked, now: Date): TextHit[] {
  const loaded = loadedFor(asked);
  const detection = new Detection({ project: loaded.project, folder: loaded.folder, now });
  const passage = textPassage(bytes);
  const hits = hitsIn(passage, detection);
  const points = [...passage.text];
  let [line, begins, at] = [1, 0, 0];
  return hits.map((hit) => {
    for (; at < hit.start; at++) {
      if (points[at] !== '\n') continue;
      line += 1;
      begins = at + 1;
    }
    const { category, detector, rule, tier, confidence } = hit;
    const columns = [hit.start - begins + 1, hit.end - begins + 1] as const;
    return {
      line,
      columns,
      category,
      detector,
      rule,
      tier,
      confidence,
      shown: SHOWN,
      explain: explainHit(hit),
    };
  });
}

function hitsIn(passage: Passage, detection: Detection): Hit[] {
  try {
    detection.freeze();
    return mergeHits(detection.detectors([]).flatMap((detector) => detector.detect(passage)));
  } finally {
    detection.close();
  }
}

/** A rule that goes by how words read: it has no pattern. */
export interface ReadRule {
  readonly id: string;
  readonly category: HipaaCategory;
  readonly tier: 'suspect';
  readonly explain: string;
}

/** The patterns that a scan with this project looks with, the site's own at the end, and what a strict search adds. */
export function rulesInForce(asked: RulesAsked): {
  readonly patterns: readonly PatternRule[];
  readonly strict: readonly ReadRule[];
} {
  const { detect } = loadedFor(asked).project;
  const added = detect.strict ? [...STRICT_TAGGER_RULES, ...SECOND_OPINION_RULES] : [];
  return {
    patterns: [...loadRules(), ...siteRules(detect)],
    strict: added.map(({ category, rule }) => ({
      id: rule,
      category,
      tier: 'suspect',
      explain: explainHit({ detector: '', rule }),
    })),
  };
}
