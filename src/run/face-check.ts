import type { Check, CheckState } from '../model/result.ts';
import { acceptedRows } from './accepted.ts';
import { picturesOfAnything } from './category-rows.ts';
import type { ResultFacts } from './result.ts';

const isFaceOrBiometric = ({ category }: { readonly category: string }): boolean =>
  category === 'P' || category === 'Q';

/** How the search for faces and biometrics ended: what waits, what nobody looked at, what a waiver keeps. */
export function faceCheck(facts: ResultFacts): Check {
  const waiting = new Set(facts.findings.filter(isFaceOrBiometric).map(({ sourceId }) => sourceId)).size;
  const waived = acceptedRows(facts)
    .filter(isFaceOrBiometric)
    .reduce((sum, { sources }) => sum + sources, 0);
  const unseen = picturesOfAnything(facts);
  const ended = (state: CheckState, detail: string): Check => ({
    id: 'faces',
    title: 'No face or biometric identifier awaits a decision',
    state,
    detail,
  });
  if (waiting > 0) return ended('needs-review', `${counted(waiting)} to be decided by faces and biometrics`);
  if (!facts.sources.some(({ format }) => format === 'dicom')) return ended('not-applicable', 'no pictures');
  if (unseen > 0)
    return ended('not-run', `${counted(unseen)} with secondary captures, which may show anything`);
  if (waived > 0) return ended('accepted-risk', `${counted(waived)} kept by a waiver`);
  return ended('pass', 'by class, modality, channels and geometry');
}

const counted = (files: number): string => (files === 1 ? '1 file' : `${files} files`);
