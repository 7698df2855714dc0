import { lookup, repeatingId } from '../../dicom/dictionary.ts';
import type { DataElement } from '../../dicom/element.ts';
import { isPrivate, tagId } from '../../dicom/tag.ts';
import { isText } from '../../dicom/values.ts';
import { attributeIdentifier } from '../../project/identifiers.ts';
import type { MaskingContext } from '../masking.ts';
import type { Decision } from './policy.ts';
import { elementTables } from './tables.ts';

/** What rules of the project kept in a file of that which the profile takes away. */
export interface Kept {
  /** Something that identifies the patient, or may: the identity was not removed. */
  readonly identity: boolean;
  /** Anything that the profile with its options would have changed: it was not applied as a whole. */
  readonly departs: boolean;
  /** Dates of which the project keeps no more than the year, or nothing. */
  readonly dates: boolean;
}

/**
 * Remembers what rules keep, for the statement in the file. An attribute that an option of PS3.15 lets stay (dates, UIDs,
 * devices, institutions) leaves the identity removed; any other that is an identifier by its name, or in whose text the
 * cleaner finds one, does not.
 */
export class KeptByRules implements Kept {
  identity = false;
  departs = false;
  dates = false;
  readonly #context: Pick<MaskingContext, 'project' | 'cleaner'>;

  constructor(context: Pick<MaskingContext, 'project' | 'cleaner'>) {
    this.#context = context;
  }

  /** `builtIn` is what would have become of the element without the rule; `text` reads its value. */
  note(element: DataElement, vr: string, builtIn: Decision, text: () => string): void {
    if (builtIn.kind !== 'action' || builtIn.action.do === 'keep') return;
    if (element.valueEnd === element.valueStart) return;
    const keyword = isPrivate(element.tag) ? undefined : lookup(element.tag)?.keyword;
    const category = attributeIdentifier(keyword, vr);
    if (category === undefined) {
      if (isText(vr) && this.#holdsIdentifier(text(), keyword)) this.identity = this.departs = true;
      return;
    }
    const isDate = vr === 'DA' || vr === 'DT';
    if ((isDate && this.#context.project.dates === 'keep') || vr === 'AS') return;
    this.departs = true;
    if (isDate) this.dates = true;
    else if (!isOptional(element, vr)) this.identity = true;
  }

  #holdsIdentifier(text: string, label = ''): boolean {
    return this.#context.cleaner.clean(text, { label }).replaced.length > 0;
  }
}

/** Whether an option of PS3.15 E.3 would let the attribute stay. */
function isOptional(element: DataElement, vr: string): boolean {
  const row = elementTables().profile.get(repeatingId(tagId(element.tag)));
  return vr === 'UI' || row?.device === 'K' || row?.institution === 'K';
}
