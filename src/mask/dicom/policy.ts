import { lookup, repeatingId } from '../../dicom/dictionary.ts';
import type { DataElement } from '../../dicom/element.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator, tagId } from '../../dicom/tag.ts';
import { isVr } from '../../dicom/tokenizer.ts';
import { isText } from '../../dicom/values.ts';
import type { Action } from '../../model/action.ts';
import type { Project } from '../../project/schema.ts';
import { type ElementTables, elementTables, type ProfileRow } from './tables.ts';

/** What is to be done with an element, before any value is looked at. */
export type Decision =
  | { readonly kind: 'action'; readonly action: Action }
  /** A sequence that stays, its items masked element by element. `dummy`: text in it is replaced, not cleaned. */
  | { readonly kind: 'recurse'; readonly dummy: boolean };

const REMOVE: Decision = { kind: 'action', action: { do: 'remove' } };
const KEEP: Decision = { kind: 'action', action: { do: 'keep' } };
const RECURSE: Decision = { kind: 'recurse', dummy: false };
const act = (action: Action): Decision => ({ kind: 'action', action });

const TEMPORAL = new Set(['DA', 'DT', 'TM']);
/** VRs whose values have a meaning of their own for masking. */
const STRICT = new Set(['DA', 'DT', 'TM', 'AS', 'PN', 'UI', 'AE', 'UR', 'DS', 'IS']);
const FREE_TEXT = new Set(['LO', 'SH', 'ST', 'LT', 'UT', 'UC', 'CS']);
const NUMERIC = new Set([
  'IS',
  'DS',
  'US',
  'SS',
  'UL',
  'SL',
  'FL',
  'FD',
  'SV',
  'UV',
  'AT',
  'OW',
  'OF',
  'OD',
  'OL',
  'OV',
]);
const BIRTH_DATE = '00100030';
const SEX = '00100040';
const CHARACTER_SET = '00080005';

/** The VR that a decision goes by: the file's, or the tables' where the file does not know (UN). */
export function effectiveVr(element: DataElement, tables: ElementTables): string {
  if (element.items !== undefined) return 'SQ';
  const standard = isPrivate(element.tag) ? undefined : lookup(element.tag)?.vr;
  // A birth date written as LO is a birth date: what the standard says of the attribute decides, not what the file says.
  if (standard !== undefined && STRICT.has(standard) && isText(element.vr)) return standard;
  if (element.vr !== 'UN') return element.vr;
  if (!isPrivate(element.tag)) return standard ?? 'UN';
  const row = privateRow(element, tables.safePrivate) ?? privateRow(element, tables.tciaPrivate)?.[0];
  return row !== undefined && isVr(row) ? row : 'UN';
}

function privateRow<Row>(
  element: DataElement,
  creators: ReadonlyMap<string, ReadonlyMap<string, Row>>,
): Row | undefined {
  if (element.creator === undefined) return undefined;
  const id = tagId(element.tag);
  return creators.get(element.creator)?.get(`${id.slice(0, 4)}xx${id.slice(6)}`);
}

/**
 * The built-in rules for one project: PS3.15 Table E.1-1 with the options that the project's decisions call for, and
 * decisions by VR for what the table does not name. Where the IOD's Type of an attribute is not known, combined codes take the
 * reading that keeps every IOD valid: X/Z -> Z; X/D, Z/D, X/Z/D -> D; X/Z/U* -> U.
 */
export class BuiltInPolicy {
  readonly #project: Project;
  readonly #tables: ElementTables;
  readonly #cache = new Map<string, Decision>();

  constructor(project: Project, tables: ElementTables = elementTables()) {
    this.#project = project;
    this.#tables = tables;
  }

  decide(element: DataElement, vr: string): Decision {
    if (isPrivate(element.tag)) return this.#private(element, vr);
    const key = `${element.tag}${vr}`;
    let decision = this.#cache.get(key);
    if (decision === undefined) {
      decision = this.#standard(element, vr);
      this.#cache.set(key, decision);
    }
    return decision;
  }

  #standard(element: DataElement, vr: string): Decision {
    const id = repeatingId(tagId(element.tag));
    if (id === CHARACTER_SET) return KEEP;
    if (groupOf(element.tag) === 0xfffe) return REMOVE; // a delimiter that ends nothing
    if (elementOf(element.tag) === 0 || groupOf(element.tag) < 4) return REMOVE; // group lengths (PS3.5 7.2), commands
    if (this.#tables.alwaysRemoved.has(id) || id.startsWith('60xx') || id.startsWith('50xx')) return REMOVE;
    const row = this.#tables.profile.get(id);
    if (row !== undefined) return this.#profile(row, id, vr);
    if (lookup(element.tag) === undefined) return REMOVE; // no edition known here defines it: fail closed
    return this.#byVr(id, vr);
  }

  /** PS3.15 E.2 and the options E.3.1 to E.3.10 as the project sets them. */
  #profile(row: ProfileRow, id: string, vr: string): Decision {
    const { dates, times, uids, descriptors, structuredContent } = this.#project;
    const pseudonym = this.#tables.pseudonyms.get(id);
    if (pseudonym !== undefined) return act({ do: 'pseudonym', domain: pseudonym });
    if (id === BIRTH_DATE) return dates === 'remove' ? act({ do: 'empty' }) : act({ do: 'birth-date' });
    if (vr === 'TM' && row.modifiedDates) return times === 'remove' ? basic(row, vr) : act({ do: 'time' });
    if ((vr === 'DA' || vr === 'DT') && row.modifiedDates)
      return dates === 'remove' ? basic(row, vr) : act({ do: 'date' });
    if (row.uids && vr === 'UI') return uids === 'keep' ? KEEP : act({ do: 'uid' });
    if (row.characteristics) return this.#characteristic(row, id, vr);
    if (row.structured && structuredContent === 'clean' && vr === 'SQ') return RECURSE;
    if (row.descriptors && descriptors === 'clean') {
      if (vr === 'SQ') return RECURSE;
      if (FREE_TEXT.has(vr)) return act({ do: 'clean' });
    }
    if (row.profile === 'X/Z' && this.#tables.optional.has(id)) return REMOVE;
    return basic(row, vr);
  }

  /** Retain Patient Characteristics (E.3.7), as far as the project keeps age and sex; text is cleaned. */
  #characteristic(row: ProfileRow, id: string, vr: string): Decision {
    if (id === SEX) return this.#project.sex === 'keep' ? KEEP : act({ do: 'empty' });
    if (vr === 'AS') return this.#project.ages === 'remove' ? basic(row, vr) : act({ do: 'age' });
    if (vr === 'SQ') return RECURSE;
    if (FREE_TEXT.has(vr))
      return this.#project.descriptors === 'clean' ? act({ do: 'clean' }) : basic(row, vr);
    if (isNumberString(vr)) return act({ do: 'number' });
    return NUMERIC.has(vr) ? KEEP : basic(row, vr);
  }

  /** Attributes that the table does not name. */
  #byVr(id: string, vr: string): Decision {
    if (vr === 'SQ') return RECURSE;
    if (vr === 'PN' || vr === 'AE' || vr === 'UR') return REMOVE;
    if (vr === 'DA' || vr === 'DT') return act({ do: 'date' });
    if (vr === 'TM') return act({ do: 'time' });
    if (vr === 'UI') {
      return this.#tables.classUids.has(id) || this.#project.uids === 'keep' ? KEEP : act({ do: 'uid' });
    }
    if (vr === 'AS') return act({ do: 'age' });
    if (FREE_TEXT.has(vr)) return act(this.#cleaning(id));
    if (isNumberString(vr)) return act({ do: 'number' });
    if (NUMERIC.has(vr) || this.#tables.binaryKept.has(id)) return KEEP;
    return REMOVE;
  }

  /** Terms of the standard stay unless they hold a known identifier; the device's own make unless it holds an address. */
  #cleaning(id: string): Action {
    if (this.#tables.equipment.has(id)) return { do: 'clean', only: 'patterns' };
    return this.#tables.textKept.has(id) ? { do: 'clean', only: 'known' } : { do: 'clean' };
  }

  /** Private elements go unless a table says, by creator, that they are safe (E.3.10). Creators follow their block. */
  #private(element: DataElement, vr: string): Decision {
    const { privateElements } = this.#project;
    if (privateElements === 'remove' || isPrivateCreator(element.tag)) return REMOVE;
    if (privateRow(element, this.#tables.safePrivate) !== undefined) return this.#safePrivate(vr);
    if (privateElements === 'tcia') {
      const verdict = privateRow(element, this.#tables.tciaPrivate)?.[1];
      if (verdict === 'keep') return this.#safePrivate(vr);
      if (verdict === 'date' && TEMPORAL.has(vr)) return act(vr === 'TM' ? { do: 'time' } : { do: 'date' });
      if (verdict === 'uid' && vr === 'UI') return act({ do: 'uid' });
    }
    return REMOVE;
  }

  #safePrivate(vr: string): Decision {
    if (vr === 'PN' || vr === 'AE' || vr === 'UR' || vr === 'UN') return REMOVE;
    if (vr === 'SQ') return RECURSE;
    if (vr === 'UI') return act({ do: 'uid' });
    if (vr === 'TM') return act({ do: 'time' });
    if (vr === 'DA' || vr === 'DT') return act({ do: 'date' });
    if (vr === 'AS') return act({ do: 'age' });
    if (isNumberString(vr)) return act({ do: 'number' });
    return isText(vr) && FREE_TEXT.has(vr) ? act({ do: 'clean' }) : KEEP;
  }
}

const isNumberString = (vr: string): boolean => vr === 'DS' || vr === 'IS';

/** The Basic Profile's own code. */
function basic(row: ProfileRow, vr: string): Decision {
  switch (row.profile) {
    case 'K':
      return vr === 'SQ' ? RECURSE : KEEP;
    case 'C':
      return vr === 'SQ' ? RECURSE : act({ do: 'clean' });
    case 'X':
      return REMOVE;
    case 'Z':
    case 'X/Z':
      return act({ do: 'empty' });
    case 'U':
    case 'X/Z/U*':
      return vr === 'SQ' ? RECURSE : act({ do: 'uid' });
    default:
      if (vr === 'SQ') return { kind: 'recurse', dummy: true };
      return act(vr === 'UI' ? { do: 'uid' } : { do: 'dummy' });
  }
}
