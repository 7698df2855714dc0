import { isRegisteredUid } from '../model/standard-uid.ts';
import { readRulesJson } from '../rules.ts';

interface UidRoots {
  readonly wellKnown: readonly string[];
  readonly replaced: readonly { readonly root: string; readonly lastDigits: number }[];
  readonly classKeywords: readonly string[];
}

const roots = readRulesJson<UidRoots>('detect/uid-roots.json');
const classKeywords = new Set(roots.classKeywords);

const under = (uid: string, root: string): boolean => uid === root || uid.startsWith(`${root}.`);

/** A UID that the DICOM or HL7 registries assign: it names a class, a syntax or a coding system, never an instance. */
export const isWellKnownUid = (uid: string): boolean =>
  isRegisteredUid(uid) || roots.wellKnown.some((root) => under(uid, root));

/**
 * A UID of the forms that de-identifiers give: `2.25.` and a random number (PS3.5 B.2), or a root kept for
 * de-identified data, with a last part too long to count anything.
 */
export function isReplacedUid(uid: string): boolean {
  const last = uid.slice(uid.lastIndexOf('.') + 1);
  return roots.replaced.some(({ root, lastDigits }) => under(uid, root) && last.length >= lastDigits);
}

/** Attributes whose UID names a class, a syntax, a coding scheme or an implementation. */
export const isClassKeyword = (keyword: string): boolean => classKeywords.has(keyword);

/** Attributes whose UID names an instance: all of the standard's that name no class. */
export const isInstanceKeyword = (keyword: string): boolean =>
  /UID(?:InFile)?$/.test(keyword) && !classKeywords.has(keyword);
