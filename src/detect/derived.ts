import type { Hit, Tier } from '../model/finding.ts';
import { candidatesIn } from './derived/candidates.ts';
import { Digests } from './derived/digests.ts';
import { Kin } from './derived/kin.ts';
import { encodedSpellings } from './derived/spellings.ts';
import type { Detector, KnownIdentifier } from './detector.ts';
import { isDummy } from './dummy.ts';
import { isNumericPlace } from './places.ts';
import { codePointOffsets } from './spans.ts';

const KINDS: ReadonlySet<string> = new Set(['id', 'name', 'date']);
const BASE64_TEXT = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{7,120}={0,2}(?![A-Za-z0-9+/=_-])/g;
/** Characters that a value needs for its base64 to be told from a word. */
const LEAST_ENCODED = 5;

/**
 * Finds codes derived from known identifiers without a key, which 164.514(c) forbids: MD5, SHA-1, SHA-2 and UUIDs of
 * version 3 and 5 of an id, a name or a date in its usual spellings, as hex (plain, grouped, cut short), base64 or UID;
 * base64 of the value itself; the value turned round. Neighbouring numbers and initials are suspects. All of it is made
 * once, with a bounded number of forms for each value, and looked up by shape.
 */
export function derivedCodeDetector(known: Iterable<KnownIdentifier>): Detector {
  const values = [...known].filter(({ kind, value }) => KINDS.has(kind) && !isDummy(value, kind));
  const digests = new Digests(values);
  let plain: ReadonlySet<string> | undefined;
  let kin: Kin | undefined;
  return {
    id: 'derived-codes',
    detect({ text, hints }) {
      if (text.length < 5 || values.length === 0) return [];
      const point = codePointOffsets(text);
      const hits: Hit[] = [];
      const add = (start: number, length: number, rule: string, tier: Tier = 'leak'): void => {
        hits.push({
          start: point(start),
          end: point(start + length),
          // Initials are names themselves (164.514(b)(2)(i)(A)).
          category: rule === 'derived.initials' ? 'A' : 'R',
          detector: 'derived-codes',
          rule,
          tier,
          confidence: tier === 'leak' ? 0.99 : 0.5,
        });
      };
      for (const { start, length, bytes, isUuid } of candidatesIn(text)) {
        if (digests.has(bytes, isUuid)) add(start, length, 'derived.hash');
      }
      for (const match of text.matchAll(BASE64_TEXT)) {
        if (!/[A-Z]/.test(match[0]) || !/[a-z\d]/.test(match[0])) continue;
        plain ??= plainValues(values);
        const decoded = Buffer.from(match[0], 'base64').toString('utf8').trim();
        if (plain.has(decoded.toUpperCase())) add(match.index, match[0].length, 'derived.base64');
      }
      if (isNumericPlace(hints)) return hits;
      kin ??= new Kin(values);
      for (const { start, length, rule, tier } of kin.in(text)) add(start, length, rule, tier);
      return hits;
    },
  };
}

function plainValues(values: readonly KnownIdentifier[]): ReadonlySet<string> {
  return new Set(
    values.filter(({ value }) => value.length >= LEAST_ENCODED).flatMap((known) => encodedSpellings(known)),
  );
}
