import { describe, expect, it } from 'vitest';
import { splitSpan } from '../../src/hl7/spans.ts';

const STATEFUL = { wide: false, stateful: true };
const pieces = (text: string): string[] => {
  const bytes = Buffer.from(text, 'latin1');
  const spans = splitSpan(bytes, 0, bytes.length, 0x7c, STATEFUL);
  return Array.from({ length: spans.length / 2 }, (_, i) => text.slice(spans[2 * i], spans[2 * i + 1]));
};

describe('fields with two-byte characters of ISO 2022', () => {
  it('are not split inside a run, whose bytes may be those of a delimiter', () => {
    expect(pieces('a|\x1b$B1|2|\x1b(B|b')).toEqual(['a', '\x1b$B1|2|\x1b(B', 'b']);
  });

  it('are split where a run is never ended', () => {
    expect(pieces('a|\x1b$B12|b')).toEqual(['a', '\x1b$B12', 'b']);
    expect(pieces('\x1b$B12|\x1b$B34\x1b(B|b')).toEqual(['\x1b$B12', '\x1b$B34\x1b(B', 'b']);
  });
});
