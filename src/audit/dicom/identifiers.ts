import { lookup } from '../../dicom/dictionary.ts';
import { groupOf, isPrivate, type Tag, tagId } from '../../dicom/tag.ts';
import type { HipaaCategory } from '../../model/category.ts';
import { isRegisteredUid } from '../../model/standard-uid.ts';
import { readRulesYaml } from '../../rules.ts';

interface IdentifierRules {
  readonly byVr: Readonly<Record<string, HipaaCategory>>;
  readonly classUids: readonly string[];
  readonly untyped: readonly string[];
  readonly byKeyword: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byTag: Readonly<Record<string, HipaaCategory>>;
  readonly codesUnder: Readonly<Record<string, HipaaCategory>>;
  readonly sampledData: readonly string[];
}

interface Compiled {
  readonly byVr: ReadonlyMap<string, HipaaCategory>;
  readonly byKeyword: ReadonlyMap<string, HipaaCategory>;
  readonly byTag: ReadonlyMap<string, HipaaCategory>;
  readonly never: ReadonlySet<string>;
  readonly codesUnder: ReadonlyMap<string, HipaaCategory>;
  readonly sampled: ReadonlySet<string>;
}

/** Code Value, Code Meaning, Long Code Value, URN Code Value. */
const CODE_TAGS = new Set([0x00080100, 0x00080104, 0x00080119, 0x00080120]);

/** Pixel Data, Float and Double Float Pixel Data. */
const PICTURES: ReadonlySet<number> = new Set([0x7fe00010, 0x7fe00008, 0x7fe00009]);

let compiled: Compiled | undefined;

function rules(): Compiled {
  if (compiled !== undefined) return compiled;
  const file = readRulesYaml<IdentifierRules>('dicom/identifiers.yaml');
  const letters = Object.entries(file.byKeyword) as [HipaaCategory, readonly string[]][];
  compiled = {
    byVr: new Map(Object.entries(file.byVr)),
    byKeyword: new Map(
      letters.flatMap(([letter, keywords]) => keywords.map((keyword) => [keyword, letter] as const)),
    ),
    byTag: new Map(Object.entries(file.byTag)),
    never: new Set([...file.classUids, ...file.untyped]),
    codesUnder: new Map(Object.entries(file.codesUnder)),
    sampled: new Set(file.sampledData),
  };
  return compiled;
}

/**
 * The category that an attribute's tag and VR promise (rules/dicom/identifiers.yaml), undefined for free text, codes and
 * numbers. Group lengths and private creators have none.
 */
export function typedByAttribute(tag: Tag, vr: string): HipaaCategory | undefined {
  const { byVr, byKeyword, byTag, never } = rules();
  const keyword = isPrivate(tag) ? undefined : lookup(tag)?.keyword;
  if (keyword !== undefined && never.has(keyword)) return undefined;
  return (
    byTag.get(tagId(tag)) ?? (keyword === undefined ? undefined : byKeyword.get(keyword)) ?? byVr.get(vr)
  );
}

const CODE_MEANING = 0x00080104;

/** The category of a code value or meaning directly inside a sequence that names a person or an institution. */
export function typedByParent(tag: Tag, parent: Tag | undefined): HipaaCategory | undefined {
  if (parent === undefined || !CODE_TAGS.has(tag)) return undefined;
  const keyword = lookup(parent)?.keyword;
  const category = keyword === undefined ? undefined : rules().codesUnder.get(keyword);
  // A person's code is a number of a register or licence; what it means is the person's name.
  return category === 'A' && tag !== CODE_MEANING ? 'K' : category;
}

/** Whether the attribute holds samples (pixels, tables, waveforms) in which printable runs say nothing. */
export function isSampledData(tag: Tag): boolean {
  if (isPrivate(tag)) return false;
  if ((groupOf(tag) >>> 8 === 0x50 || groupOf(tag) >>> 8 === 0x60) && (tag & 0xffff) === 0x3000) return true;
  const keyword = lookup(tag)?.keyword;
  return keyword !== undefined && rules().sampled.has(keyword);
}

/** Whether the samples are a picture or an overlay: those are read as one. */
export function isPicture(tag: Tag): boolean {
  return PICTURES.has(tag) || (groupOf(tag) >>> 8 === 0x60 && (tag & 0xffff) === 0x3000);
}

/** UIDs under the DICOM root are the standard's own (PS3.5 9, PS3.6 Annex A). */
export function isStandardUid(uid: string): boolean {
  return isRegisteredUid(uid);
}
