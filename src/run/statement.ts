import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { RunResult } from '../model/result.ts';
import { packagePath, readRulesJson } from '../rules.ts';

/** What `npm run eval:text` found on notes that nobody tuned to (rules/tagger/measured.json). */
function measured(): string {
  const { touched, covered } = readRulesJson<{ touched: number; covered: number }>('tagger/measured.json');
  return `of identifiers of people whom the data set does not know, in notes of styles that nothing was trained on, ${Math.floor(touched)} % were found and ${Math.floor(covered)} % whole; the rest would stay.`;
}

/** What a reader of the report must know of what the program cannot do. */
export const LIMITS: readonly string[] = [
  'No scan proves the absence of identifiers; this report says what was looked for, how, and where.',
  'Text in pictures is found by optical character recognition, which misses faint, small, slanted and hand-written text.',
  'Photographs, pictures of eyes, voices and head volumes are found by what files say of themselves: their class, modality, channels and geometry (categories P and Q). In secondary captures faces are looked for that look at the camera; profiles, covered and small faces are missed, and fingerprints are not looked for. Where faces of heads are blanked, forehead, ears and the shape of the skull stay.',
  'Names in free text are found where they are known from the data set, stand in a usual form, read like one, or do so elsewhere in the same file; '.concat(
    measured(),
  ),
  'Of a document, drawings of letters that no picture shows (metafiles), sound and moving pictures are not read; a release keeps text and XML alone, and by project.yaml.',
  'Whether the recipient has actual knowledge that could identify a person, 45 CFR 164.514(b)(2)(ii), is for a person to attest.',
];

/** The rule files in force, by folder order, with the edition that each names and its hash. */
export function ruleFiles(): RunResult['rules'] {
  return ['dicom', 'hl7', 'documents', 'detect', 'pixel', 'tagger', 'words'].flatMap((room) =>
    listing(room).map((name) => {
      const bytes = readFileSync(packagePath(`rules/${room}/${name}`));
      const edition =
        /"?edition"?:\s*"?([^"\n]+?)"?,?\s*\n/.exec(bytes.subarray(0, 2000).toString('utf8'))?.[1] ?? '';
      return { file: `${room}/${name}`, edition, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}

/** The model that the project brought, beside the rule files: what was looked for rests on it too. */
export function modelFile(sha256: string | undefined): RunResult['rules'] {
  return sha256 === undefined ? [] : [{ file: 'names.model', edition: '', sha256 }];
}

function listing(room: string): string[] {
  try {
    return readdirSync(packagePath(`rules/${room}`)).sort();
  } catch {
    return [];
  }
}
