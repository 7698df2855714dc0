import { isProse } from '../detect/prose.ts';
import type { CharacterSets } from '../dicom/character-sets.ts';
import { lookup } from '../dicom/dictionary.ts';
import type { DataElement, DicomFile } from '../dicom/element.ts';
import { formatTag, isPrivate, tagId } from '../dicom/tag.ts';
import { textValue } from '../dicom/values.ts';
import { characterSetsOf } from '../mask/dicom/subject.ts';
import type { Passage } from '../model/passage.ts';

/** VRs in which sentences and names stand (PS3.5 6.2). */
const WRITTEN = new Set(['LO', 'SH', 'LT', 'ST', 'UT', 'UC']);
/** A longer text than this is a document. */
const LONGEST = 1 << 20;

/**
 * The texts that somebody wrote in a DICOM file, as the tokenizer reads them. They are asked for names alone, which add to
 * what is looked for and decide nothing, so that they need no second reader.
 */
export function writtenTexts(file: DicomFile): Passage[] {
  const texts: Passage[] = [];
  collect(file, file.dataSet, characterSetsOf(file, file.dataSet), '', texts);
  return texts;
}

function collect(
  file: DicomFile,
  elements: readonly DataElement[],
  sets: CharacterSets,
  prefix: string,
  texts: Passage[],
): void {
  for (const element of elements) {
    const locus = `${prefix}${formatTag(element.tag)}`;
    for (const [index, { elements: inner }] of (element.items ?? []).entries())
      collect(file, inner, characterSetsOf(file, inner, sets), `${locus}[${index}].`, texts);
    const vr = vrOf(element);
    const length = element.valueEnd - element.valueStart;
    if (element.items !== undefined || !WRITTEN.has(vr) || length === 0 || length > LONGEST) continue;
    const hints = { format: 'dicom', vr, tag: tagId(element.tag) } as const;
    const place = { text: '', locus, place: 'element', hints } as const;
    if (isProse(place)) texts.push({ ...place, text: textValue(file.body, element, sets).text });
  }
}

function vrOf({ tag, vr }: DataElement): string {
  return vr === 'UN' && !isPrivate(tag) ? (lookup(tag)?.vr ?? vr) : vr;
}
