import { readRulesJson } from '../rules.ts';
import { isPrivate, isPrivateCreator, type Tag, tagId } from './tag.ts';

/** What PS3.6 says of an attribute. */
export interface DictionaryEntry {
  readonly keyword: string;
  /** One VR: where the standard gives a choice, the one that a reader may assume without the data set's context. */
  readonly vr: string;
  readonly vm: string;
}

const AMBIGUOUS: Record<string, string> = {
  'US or SS': 'US',
  'OB or OW': 'OW',
  'US or OW': 'OW',
  'US or SS or OW': 'OW',
};

let tags: Map<string, DictionaryEntry> | undefined;
let byKeyword: Map<string, string> | undefined;

function load(): Map<string, DictionaryEntry> {
  const file = readRulesJson<{ tags: Record<string, [string, string, string]> }>('dicom/dictionary.json');
  return new Map(
    Object.entries(file.tags).map(([id, [keyword, vr, vm]]) => [
      id,
      { keyword, vr: AMBIGUOUS[vr] ?? vr.slice(0, 2), vm },
    ]),
  );
}

/** `60xx3000` for a tag of a repeating group (PS3.5 7.6), the plain id for any other. */
export function repeatingId(id: string): string {
  return /^[56]0[0-9A-F]{2}/.test(id) ? `${id.slice(0, 2)}xx${id.slice(4)}` : id;
}

/** The standard's entry for a tag; undefined for private elements and for tags that no edition known here defines. */
export function lookup(tag: Tag): DictionaryEntry | undefined {
  tags ??= load();
  const id = tagId(tag);
  return tags.get(id) ?? tags.get(repeatingId(id));
}

/** Tag id (eight hex digits, `60xx3000` for repeating groups) of a keyword of PS3.6. */
export function idOfKeyword(keyword: string): string | undefined {
  tags ??= load();
  byKeyword ??= new Map([...tags].map(([id, entry]) => [entry.keyword, id]));
  return byKeyword.get(keyword);
}

/** All keywords of PS3.6 with their tag ids, for wildcards and for suggestions. */
export function keywords(): ReadonlyMap<string, string> {
  idOfKeyword('');
  return byKeyword ?? new Map();
}

/** The VR that implicit encoding implies (PS3.5 Annex A.1): the dictionary's, LO for private creators, else UN. */
export function impliedVr(tag: Tag): string {
  if (isPrivateCreator(tag)) return 'LO';
  if ((tag & 0xffff) === 0) return 'UL';
  if (isPrivate(tag)) return 'UN';
  return lookup(tag)?.vr ?? 'UN';
}
