import type { Hit } from '../model/finding.ts';
import type { Detector } from './detector.ts';
import { explainHit } from './explain.ts';
import { codePointOffsets } from './spans.ts';

/** Base64 (RFC 4648, both alphabets) and hex; line ends inside. Shorter runs are words and codes. */
const BASE64 = /(?<![\w+/=-])(?:[\w+/-]{4}[\r\n]*){3,}(?:[\w+/-]{1,3})?={0,2}(?![\w+/=-])/g;
const HEX = /(?<![\w+/=-])(?:[0-9a-f]{2}[\r\n]*){8,}(?![\w+/=-])/gi;
/** The first bytes of files that hold more than text: PDF, JPEG, PNG, zip, gzip, RTF. */
const DOCUMENT = /^(?:%PDF-|\xff\xd8\xff|\x89PNG\r\n|PK\x03\x04|\x1f\x8b\x08|\{\\rtf)/;
/** Random letters and digits decode to bytes that are none of a text. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufffd]/;

/**
 * Text inside text: runs of base64 and hex that decode to UTF-8 go through `inner`, and what is found there marks the whole
 * run, with the category and tier of what it holds. A run that is a document (a PDF, a picture) is a suspect of category R:
 * nobody has read it.
 */
export function encodedTextDetector(inner: readonly Detector[]): Detector {
  return {
    id: 'encoded-text',
    detect({ text, hints, locus, place }) {
      if (text.length < 12) return [];
      const hits: Hit[] = [];
      const point = codePointOffsets(text);
      for (const { start, end, bytes } of runsOf(text)) {
        const span = { start: point(start), end: point(end), detector: 'encoded-text' };
        if (DOCUMENT.test(bytes.toString('latin1', 0, 16))) {
          hits.push({ ...span, category: 'R', rule: 'encoded.document', tier: 'suspect', confidence: 0.8 });
          continue;
        }
        const decoded = bytes.toString('utf8');
        if (CONTROL.test(decoded)) continue;
        const passage = { text: decoded, locus, place, hints: { format: hints.format } };
        const [first] = inner.flatMap((detector) => detector.detect(passage));
        if (first !== undefined)
          hits.push({
            ...first,
            ...span,
            rule: 'encoded.text',
            explain: `in base64 or hexadecimal: ${explainHit(first)}`,
          });
      }
      return hits;
    },
  };
}

function* runsOf(text: string): Generator<{ start: number; end: number; bytes: Buffer }> {
  for (const [pattern, encoding] of [
    [BASE64, 'base64'],
    [HEX, 'hex'],
  ] as const) {
    for (const { 0: run, index } of text.matchAll(pattern)) {
      // Words of one case alone, and digits alone, are no base64 of a text.
      if (encoding === 'base64' && !(/[A-Z]/.test(run) && /[a-z]/.test(run))) continue;
      const bytes = Buffer.from(run.replace(/[\r\n]/g, ''), encoding);
      yield { start: index, end: index + run.length, bytes };
    }
  }
}
