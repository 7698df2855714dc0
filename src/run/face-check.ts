import type { Check, CheckState } from '../model/result.ts';
import { acceptedRows } from './accepted.ts';
import { BLANK_FACE } from './blank-faces.ts';
import type { ResultFacts } from './result.ts';

const isFaceOrBiometric = ({ category }: { readonly category: string }): boolean =>
  category === 'P' || category === 'Q';

/** How the search for faces and biometrics ended: what waits, what nobody looked at, what a waiver keeps. */
export function faceCheck(facts: ResultFacts): Check {
  const waiting = new Set(facts.findings.filter(isFaceOrBiometric).map(({ sourceId }) => sourceId)).size;
  const waived = acceptedRows(facts)
    .filter(isFaceOrBiometric)
    .reduce((sum, { sources }) => sum + sources, 0);
  const notRun = facts.sources.reduce((sum, { frames }) => sum + (frames?.notRun ?? 0), 0);
  const ended = (state: CheckState, detail: string): Check => ({
    id: 'faces',
    title: 'No face or biometric identifier awaits a decision',
    state,
    detail,
  });
  if (waiting > 0) return ended('needs-review', `${counted(waiting)} to be decided by faces and biometrics`);
  if (!facts.sources.some(({ format }) => format === 'dicom')) return ended('not-applicable', 'no pictures');
  if (notRun > 0) return ended('not-run', `${notRun} frames that nobody could look at`);
  if (waived > 0) return ended('accepted-risk', `${counted(waived)} kept by a waiver`);
  const blanked = facts.actions.find(({ action }) => action === BLANK_FACE.action)?.count ?? 0;
  const looked = 'by class, modality, channels, geometry, and in secondary captures';
  return ended('pass', blanked === 0 ? looked : `${looked}; the face was blanked in ${counted(blanked)}`);
}

const counted = (files: number): string => (files === 1 ? '1 file' : `${files} files`);
