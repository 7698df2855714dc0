import type { Hit, Tier } from '../model/finding.ts';
import { fromBase32 } from './derived/base32.ts';
import { candidatesIn } from './derived/candidates.ts';
import { DecimalDigests } from './derived/decimals.ts';
import { Digests } from './derived/digests.ts';
import { InitialsWithBirth } from './derived/initials.ts';
import { Kin } from './derived/kin.ts';
import type { KnownPerson } from './derived/persons.ts';
import { ShortCodes } from './derived/short-codes.ts';
import { encodedSpellings } from './derived/spellings.ts';
import type { Detector, KnownIdentifier } from './detector.ts';
import { isDummy } from './dummy.ts';
import { isNumericPlace } from './places.ts';
import { codePointOffsets } from './spans.ts';

const KINDS: ReadonlySet<string> = new Set(['id', 'name', 'date']);
/** Hex and base32 of a short text; longer hex is read with all other text inside text. */
const HEX_TEXT = /(?<![0-9A-Za-z])(?:[2-7][0-9a-f]){5,60}(?![0-9A-Za-z])/gi;
const BASE32_TEXT = /(?<![A-Za-z0-9])[A-Z2-7]{8,120}={0,6}(?![A-Za-z0-9=])/gi;
const BASE64_TEXT = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{7,120}={0,2}(?![A-Za-z0-9+/=_-])/g;
/** Characters that a value needs for its base64 to be told from a word. */
const LEAST_ENCODED = 5;

/**
 * Finds codes derived from known identifiers without a key, which 164.514(c) forbids: MD5, SHA-1, SHA-2 and UUIDs of
 * version 3 and 5 of an id, a name or a date in its usual spellings, with obvious salts, joined with what else is known of
 * the person, as hex (plain, grouped, cut short), base64, base32, number or UID; base64, base32 and hex of the value
 * itself; the value turned round; checksums; initials with the birth year. Neighbouring numbers and initials alone are
 * suspects; what short codes prove depends on how many are looked for (docs/derived-codes.md). All of it is made
 * once, with a bounded number of forms for each value, and looked up by shape.
 */
export function derivedCodeDetector(
  known: Iterable<KnownIdentifier>,
  persons: readonly KnownPerson[] = [],
): Detector {
  const all = [...known];
  const values = all.filter(({ kind, value }) => KINDS.has(kind) && !isDummy(value, kind));
  const digests = new Digests(values, persons);
  const decimals = new DecimalDigests(
    all.filter(({ kind, value }) => (kind === 'id' || kind === 'uid') && !isDummy(value, kind)),
  );
  const short = new ShortCodes(values);
  const initials = new InitialsWithBirth(persons);
  let plain: ReadonlySet<string> | undefined;
  let kin: Kin | undefined;
  const isPlain = (bytes: Buffer): boolean => {
    plain ??= plainValues(values);
    return plain.has(bytes.toString('utf8').trim().toUpperCase());
  };
  return {
    id: 'derived-codes',
    detect({ text, hints }) {
      if (text.length < 5 || all.length === 0) return [];
      const point = codePointOffsets(text);
      const hits: Hit[] = [];
      const add = (start: number, length: number, rule: string, tier: Tier = 'leak'): void => {
        hits.push({
          start: point(start),
          end: point(start + length),
          // Initials are names themselves (164.514(b)(2)(i)(A)).
          category: rule === 'derived.initials' || rule === 'derived.initials-birth' ? 'A' : 'R',
          detector: 'derived-codes',
          rule,
          tier,
          confidence: tier === 'leak' ? 0.99 : 0.5,
        });
      };
      for (const { start, length, bytes } of candidatesIn(text)) {
        if (digests.has(bytes)) add(start, length, 'derived.hash');
      }
      for (const { start, length } of decimals.in(text)) add(start, length, 'derived.hash-number');
      for (const match of text.matchAll(BASE64_TEXT)) {
        if (!/[A-Z]/.test(match[0]) || !/[a-z\d]/.test(match[0])) continue;
        if (isPlain(Buffer.from(match[0], 'base64'))) add(match.index, match[0].length, 'derived.base64');
      }
      for (const match of text.matchAll(HEX_TEXT)) {
        if (isPlain(Buffer.from(match[0], 'hex'))) add(match.index, match[0].length, 'derived.hex');
      }
      for (const match of text.matchAll(BASE32_TEXT)) {
        const decoded = /\d/.test(match[0]) ? fromBase32(match[0]) : undefined;
        if (decoded !== undefined && isPlain(decoded)) add(match.index, match[0].length, 'derived.base32');
      }
      for (const { start, length, tier } of initials.in(text))
        add(start, length, 'derived.initials-birth', tier);
      if (isNumericPlace(hints)) return hits;
      kin ??= new Kin(values);
      for (const { start, length, rule, tier } of kin.in(text)) add(start, length, rule, tier);
      for (const { start, length, tier } of short.in(text)) add(start, length, 'derived.checksum', tier);
      return hits;
    },
  };
}

function plainValues(values: readonly KnownIdentifier[]): ReadonlySet<string> {
  return new Set(
    values.filter(({ value }) => value.length >= LEAST_ENCODED).flatMap((known) => encodedSpellings(known)),
  );
}
