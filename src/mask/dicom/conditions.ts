import type { DicomFile } from '../../dicom/element.ts';
import type { Condition } from '../../project/schema.ts';
import { hasMatch } from '../actions/regex.ts';
import { textsAt } from './subject.ts';

/** Whether a condition of project.yaml holds for a file: any of the elements that it names may meet it. */
export function conditionHolds(file: DicomFile, condition: Condition): boolean {
  // A value of several may be named alone or with the others.
  const texts = textsAt(file, condition.at).flatMap((text) =>
    text.includes('\\') ? [text, ...text.split('\\')] : [text],
  );
  if (condition.present !== undefined && condition.present !== texts.length > 0) return false;
  const tests: ((text: string) => boolean)[] = [];
  const { equals, in: among, matches } = condition;
  if (equals !== undefined) tests.push((text) => text === equals);
  if (among !== undefined) tests.push((text) => among.includes(text));
  if (matches !== undefined) tests.push((text) => hasMatch(text, matches));
  return tests.length === 0 || texts.some((text) => tests.every((test) => test(text)));
}
