import { idOfKeyword, lookup } from '../../dicom/dictionary.ts';
import type { DicomFile } from '../../dicom/element.ts';
import { encodeElement } from '../../dicom/encode.ts';
import type { Addition } from '../../dicom/layout.ts';
import { isBinaryNumber, numberBytes } from '../../dicom/numbers.ts';
import { formatTag, parseTag, type Tag } from '../../dicom/tag.ts';
import { PhiGateError } from '../../errors.ts';
import type { ActionTaken } from '../masking.ts';
import { conditionHolds } from './conditions.ts';
import type { CompiledRule } from './rules.ts';
import { daysFromEvent, deidentificationStatement, type Stated } from './statement.ts';
import { characterSetsOf } from './subject.ts';
import { maskedText, type ValueContext } from './value.ts';

/** Ends encapsulated pixel data (PS3.5 A.4); added where the original lacks it. */
const SEQUENCE_END = parseTag('FFFEE0DD');

/** What a rule may not say of a file in which another one keeps an identifier. */
const IDENTITY_REMOVED = parseTag('00120062');

interface Added {
  readonly elements: Addition[];
  readonly actions: ActionTaken[];
}

/**
 * Everything that masking puts at the top level of a file: what says how it was de-identified, days from an event, and what the
 * rules of the project add. A rule comes before what we would write ourselves.
 * @throws PhiGateError `unsupported` for a text that the file's character sets cannot hold.
 */
export function additionsTo(
  file: DicomFile,
  rules: readonly CompiledRule[],
  context: ValueContext,
  stated: Stated & { readonly version: string },
): Added {
  const { project, events } = context.masking;
  const { patient, studyDate } = context.subject;
  const elements = new Map<Tag, Addition>();
  const actions: ActionTaken[] = [];
  const put = (additions: readonly Addition[]) => {
    for (const addition of additions) elements.set(addition.tag, addition);
  };
  put(deidentificationStatement(project, stated.version, stated, file.encoding));
  if (events !== undefined && patient !== undefined) {
    put(daysFromEvent(studyDate, events.dateOf(patient), events.name, file.encoding));
  }
  const last = file.dataSet[file.dataSet.length - 1];
  if (last?.fragments !== undefined && last.valueEnd === last.end) {
    put([{ tag: SEQUENCE_END, bytes: Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0) }]);
  }
  for (const rule of rules) {
    const addition = ofRule(file, rule, context);
    if (addition === undefined || (stated.kept.identity && addition.tag === IDENTITY_REMOVED)) continue;
    put([addition]);
    actions.push({
      attribute: `${lookup(addition.tag)?.keyword ?? 'element'} ${formatTag(addition.tag)}`,
      action: 'add',
    });
  }
  return { elements: [...elements.values()], actions };
}

function ofRule(
  file: DicomFile,
  { action, steps, when }: CompiledRule,
  context: ValueContext,
): Addition | undefined {
  const step = steps[0];
  if (action.do !== 'add' || step === undefined || step.kind === 'private') return undefined;
  if (when !== undefined && !conditionHolds(file, when)) return undefined;
  const id = step.kind === 'tag' ? step.pattern : idOfKeyword(step.pattern);
  if (id === undefined) return undefined;
  const tag = parseTag(id);
  const vr = lookup(tag)?.vr ?? 'LO';
  const text =
    maskedText({ action: { do: 'replace', with: action.value }, tag, vr, text: '', label: '' }, context) ??
    '';
  const bytes = isBinaryNumber(vr)
    ? numberBytes(vr, text, file.encoding)
    : characterSetsOf(file, file.dataSet).encode(text);
  if (bytes === undefined) {
    throw new PhiGateError(
      'unsupported',
      `at ${formatTag(tag)}: the value that a rule adds cannot be written as ${vr} in this file`,
      {
        locus: formatTag(tag),
      },
    );
  }
  return { tag, bytes: encodeElement(tag, vr, bytes, file.encoding) };
}
