import type { Hit, Tier } from '../model/finding.ts';
import type { Passage } from '../model/passage.ts';
import type { Detector } from './detector.ts';
import { isDummy } from './dummy.ts';
import { codePointOffsets } from './spans.ts';
import { isClassKeyword, isInstanceKeyword, isReplacedUid, isWellKnownUid } from './uid-roots.ts';

export interface IssuedUidOptions {
  /** Whether a UID is one that our crosswalk issued. Absent in a scan of data that somebody else made. */
  readonly isIssued?: (value: string) => boolean;
}

/** Six parts or more, or five that are long: shorter dotted numbers are versions and addresses. PS3.5 9.1: at most 64. */
const UID_IN_TEXT = /(?<![\w.])[0-2](?:\.(?:0|[1-9]\d{0,38})){4,31}(?![\w]|\.\d)/g;
const TEXT_LENGTH = 14;

/**
 * UIDs are judged one by one, not looked up among the originals. In our own run each must be well-known (DICOM root, HL7
 * registry) or issued by us; any other is a leak. In a scan nobody can say who issued a UID: in an attribute that
 * names an instance it is a leak, unless it has the form that de-identifiers give (`2.25.` and a random number, roots
 * kept for de-identified data); in other UI attributes and in text it is a suspect. Category R.
 */
export function issuedUidDetector(options: IssuedUidOptions = {}): Detector {
  return {
    id: 'issued-uids',
    detect(passage) {
      const { text, hints } = passage;
      if (hints.vr === 'UI') return uidElement(passage, options);
      if (!text.includes('.') || text.length < TEXT_LENGTH) return [];
      const point = codePointOffsets(text);
      return [...text.matchAll(UID_IN_TEXT)].flatMap((match) => {
        const uid = match[0];
        if (uid.length < TEXT_LENGTH || !isForeign(uid, options)) return [];
        const tier = options.isIssued || hints.typed !== undefined ? 'leak' : 'suspect';
        return [hitOf(point(match.index), point(match.index + uid.length), tier)];
      });
    },
  };
}

function uidElement({ text, hints }: Passage, options: IssuedUidOptions): Hit[] {
  const keyword = hints.keyword ?? '';
  if (isClassKeyword(keyword)) return [];
  return [...text.matchAll(/[^\\\0\s]+/g)].flatMap((match) => {
    if (!isForeign(match[0], options)) return [];
    const tier =
      options.isIssued || isInstanceKeyword(keyword) || hints.typed !== undefined ? 'leak' : 'suspect';
    return [hitOf(match.index, match.index + match[0].length, tier)];
  });
}

function isForeign(uid: string, { isIssued }: IssuedUidOptions): boolean {
  if (isWellKnownUid(uid) || isDummy(uid, 'uid')) return false;
  return isIssued ? !isIssued(uid) : !isReplacedUid(uid);
}

const hitOf = (start: number, end: number, tier: Tier): Hit => ({
  start,
  end,
  category: 'R',
  detector: 'issued-uids',
  rule: 'issued-uids.foreign-uid',
  tier,
  confidence: tier === 'leak' ? 0.95 : 0.6,
});
