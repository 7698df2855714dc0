import { createHash } from 'node:crypto';
import type { Hit } from '../model/finding.ts';
import type { Detector, KnownIdentifier } from './detector.ts';
import { isDummy } from './dummy.ts';
import { codePointOffsets } from './spans.ts';

const ALGORITHMS = ['md5', 'sha1', 'sha256'] as const;
/** Hex of MD5, SHA-1, SHA-256; base64 of 16, 20, 32 bytes. */
const HEX = /(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9A-Za-z])/gi;
const UUID_LIKE = /(?<![0-9A-Za-z-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z-])/gi;
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{22,43}={0,2}(?![A-Za-z0-9+/=_-])/g;
const BASE64_TEXT = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,120}={0,2}(?![A-Za-z0-9+/=_-])/g;
const DIGEST_BYTES = new Set([16, 20, 32]);

/**
 * Finds codes derived from known identifiers without a key, which 164.514(c) forbids: MD5, SHA-1 and SHA-256 of an id or
 * name (as it stands, upper, lower, without separators) as hex or base64, and base64 of the value itself. The digests
 * are made when the first candidate turns up; six bytes of each are kept.
 */
export function derivedCodeDetector(known: Iterable<KnownIdentifier>): Detector {
  const values = [...known].filter(
    ({ kind, value }) => (kind === 'id' || kind === 'name') && !isDummy(value),
  );
  let digests: Float64Array | undefined;
  let plain: Map<string, KnownIdentifier> | undefined;
  return {
    id: 'derived-codes',
    detect({ text }) {
      if (text.length < 8 || values.length === 0) return [];
      const point = codePointOffsets(text);
      const hits: Hit[] = [];
      const add = (start: number, length: number, rule: string): void => {
        hits.push({
          start: point(start),
          end: point(start + length),
          category: 'R',
          detector: 'derived-codes',
          rule,
          tier: 'leak',
          confidence: 0.99,
        });
      };
      for (const { start, length, bytes } of digestCandidates(text)) {
        digests ??= digestsOf(values);
        if (contains(digests, prefixOf(bytes))) add(start, length, 'derived.hash');
      }
      for (const match of text.matchAll(BASE64_TEXT)) {
        if (!/[A-Z]/.test(match[0]) || !/[a-z\d]/.test(match[0])) continue;
        plain ??= plainValues(values);
        const decoded = Buffer.from(match[0], 'base64').toString('utf8').trim();
        if (plain.has(decoded.toUpperCase())) add(match.index, match[0].length, 'derived.base64');
      }
      return hits;
    },
  };
}

function* digestCandidates(text: string): Generator<{ start: number; length: number; bytes: Buffer }> {
  for (const shape of [HEX, UUID_LIKE]) {
    for (const match of text.matchAll(shape)) {
      const bytes = Buffer.from(match[0].replace(/-/g, ''), 'hex');
      yield { start: match.index, length: match[0].length, bytes };
    }
  }
  for (const match of text.matchAll(BASE64)) {
    const bytes = Buffer.from(match[0], 'base64');
    if (DIGEST_BYTES.has(bytes.length)) yield { start: match.index, length: match[0].length, bytes };
  }
}

/** Ways a value is written before it is hashed. */
function spellingsOf(value: string): Set<string> {
  const bare = value.replace(/[\s^,.-]+/g, '');
  const spaced = value.replace(/\^+/g, ' ').trim();
  return new Set([value, bare, spaced].flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()]));
}

function digestsOf(values: readonly KnownIdentifier[]): Float64Array {
  const prefixes: number[] = [];
  for (const { value } of values) {
    for (const spelling of spellingsOf(value)) {
      for (const algorithm of ALGORITHMS)
        prefixes.push(prefixOf(createHash(algorithm).update(spelling).digest()));
    }
  }
  return Float64Array.from(prefixes).sort();
}

const prefixOf = (bytes: Buffer): number => bytes.readUIntBE(0, 6);

function contains(sorted: Float64Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value === wanted) return true;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

function plainValues(values: readonly KnownIdentifier[]): Map<string, KnownIdentifier> {
  const plain = new Map<string, KnownIdentifier>();
  for (const known of values) {
    if (known.value.length < 5) continue;
    for (const spelling of spellingsOf(known.value)) plain.set(spelling.toUpperCase(), known);
  }
  return plain;
}
