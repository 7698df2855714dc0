import type { Concept } from '../../dicom/content-concepts.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator, parseTag, type Tag } from '../../dicom/tag.ts';
import { characterSetTerms, decodeText } from './decode.ts';
import type { SecondElement } from './second-reader.ts';

/** What a data set or item says about the elements in it. */
export interface Scope {
  /** Terms of Specific Character Set, inherited from the surrounding data set (PS3.3 C.12.1.1.2). */
  readonly terms: readonly string[];
  /** Concept name of an SR content item or acquisition context item (PS3.3 C.17.3). */
  readonly concept?: Concept;
  /** Code of the unit of a measured value. */
  readonly unit?: string;
  /** Inside a structured report's content tree. */
  readonly content: boolean;
  /** Inside a private sequence. */
  readonly inPrivate: boolean;
  /** The sequence around the item. */
  readonly parent?: Tag;
  /** Creator of the private block of a tag (PS3.5 7.8.1). */
  creatorOf(tag: Tag): string | undefined;
}

const CHARACTER_SET = 0x00080005;
const VALUE_TYPE = 0x0040a040;
const CODE_VALUE = 0x00080100;
const CODING_SCHEME = 0x00080102;
const CODE_MEANING = 0x00080104;
const LONG_CODE_VALUE = 0x00080119;
const CONCEPT_CODE = 0x0040a168;
const CONTENT_SEQUENCE = 0x0040a730;
const MEASURED_VALUE = 0x0040a300;
const CONCEPT_NAME = '(0040,A043)[0].';
const MEASUREMENT_UNITS = '(0040,08EA)[0].';
/** `(gggg,eeee)`, the last part of every path. */
const TAG_LENGTH = 11;
const LAST_ITEM = /\(([0-9A-F]{4},[0-9A-F]{4})\)\[\d+\]\.$/;

/** The path of the item around an element: '' for the data set itself. */
export function prefixOf(path: string): string {
  return path.slice(0, -TAG_LENGTH);
}

/** Scopes of all items of a reading, by the prefix of the paths in them. */
export function scopesOf(elements: readonly SecondElement[]): (prefix: string) => Scope {
  const members = new Map<string, SecondElement[]>();
  for (const element of elements) {
    const prefix = prefixOf(element.path);
    const list = members.get(prefix);
    if (list === undefined) members.set(prefix, [element]);
    else list.push(element);
  }
  const scopes = new Map<string, Scope>();
  const scope = (prefix: string): Scope => {
    const known = scopes.get(prefix);
    if (known !== undefined) return known;
    const made = makeScope(prefix, members, scope);
    scopes.set(prefix, made);
    return made;
  };
  return scope;
}

function makeScope(
  prefix: string,
  members: ReadonlyMap<string, readonly SecondElement[]>,
  scope: (prefix: string) => Scope,
): Scope {
  const own = members.get(prefix) ?? [];
  const lastItem = LAST_ITEM.exec(prefix);
  const outer = lastItem === null ? undefined : scope(prefix.slice(0, lastItem.index));
  const parent = lastItem?.[1] === undefined ? undefined : parseTag(lastItem[1]);
  const declared = own.find((element) => element.tag === CHARACTER_SET);
  const terms = declared === undefined ? (outer?.terms ?? ['']) : characterSetTerms(latin1(declared.value()));
  const named = conceptIn(members.get(`${prefix}${CONCEPT_NAME}`), terms);
  const unit = conceptIn(members.get(`${prefix}${MEASUREMENT_UNITS}`), terms)?.code;
  // The code of a CODE item is about what the item is about.
  // So is the number of a NUM item, which stands one level further down.
  const inherits = parent === CONCEPT_CODE || parent === MEASURED_VALUE;
  const concept = named ?? (inherits ? outer?.concept : undefined);
  const creators = creatorsOf(own, terms);
  return {
    terms,
    ...(concept !== undefined && { concept }),
    ...(unit && { unit }),
    content:
      (outer?.content ?? false) ||
      parent === CONTENT_SEQUENCE ||
      own.some((element) => element.tag === VALUE_TYPE),
    inPrivate: (outer?.inPrivate ?? false) || (parent !== undefined && isPrivate(parent)),
    ...(parent !== undefined && { parent }),
    creatorOf: (tag) => creators.get((groupOf(tag) << 8) | (elementOf(tag) >>> 8)),
  };
}

/** The code of an item; nothing where there is no item. */
function conceptIn(
  item: readonly SecondElement[] | undefined,
  terms: readonly string[],
): Concept | undefined {
  if (item === undefined) return undefined;
  const text = (tag: number): string => {
    const element = item.find((member) => member.tag === tag);
    return element === undefined ? '' : decodeText(element.value(), terms).text.replace(/\0/g, '').trim();
  };
  return {
    code: text(CODE_VALUE) || text(LONG_CODE_VALUE),
    scheme: text(CODING_SCHEME),
    meaning: text(CODE_MEANING),
  };
}

/** Creators by group and block number. */
function creatorsOf(own: readonly SecondElement[], terms: readonly string[]): Map<number, string> {
  const creators = new Map<number, string>();
  for (const element of own) {
    if (!isPrivateCreator(element.tag) || element.items !== undefined) continue;
    const creator = decodeText(element.value(0, 64), terms)
      .text.replace(/[\0 ]+$/, '')
      .trim();
    creators.set((groupOf(element.tag) << 8) | elementOf(element.tag), creator);
  }
  return creators;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
