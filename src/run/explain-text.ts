import { textPassage } from '../audit/text.ts';
import { explainHit } from '../detect/explain.ts';
import { mergeHits } from '../detect/merge.ts';
import { loadRules, type PatternRule } from '../detect/rule.ts';
import { siteRules } from '../detect/site-rules.ts';
import { type Hit, SHOWN } from '../model/finding.ts';
import type { Passage } from '../model/passage.ts';
import { loadProject } from '../project/load.ts';
import { Detection } from './detection.ts';

/** A hit in a text, with a mask for its value; lines and columns count from 1, columns in code points, the end exclusive. */
export interface TextHit extends Pick<Hit, 'category' | 'detector' | 'rule' | 'tier' | 'confidence'> {
  readonly line: number;
  readonly columns: readonly [start: number, end: number];
  readonly shown: string;
  readonly explain: string;
}

/**
 * What the detectors of a scan find in the bytes of a text file, and why. `project`: a project file whose own rules and
 * words count too.
 * @throws PhiGateError `usage` for the project, `not-searched` where the bytes are no text.
 */
export function explainText(bytes: Uint8Array, project: string | undefined, now: Date): TextHit[] {
  const loaded = loadProject(project);
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

/** The rules that a scan with this project looks with, the site's own at the end. */
export function rulesInForce(project: string | undefined): readonly PatternRule[] {
  return [...loadRules(), ...siteRules(loadProject(project).project.detect)];
}
