import { describe, expect, it } from 'vitest';
import { Fingerprints, findingOf } from '../../src/audit/finding.ts';
import type { Hit } from '../../src/model/finding.ts';
import type { Passage } from '../../src/model/passage.ts';
import type { Random } from '../../src/ports/random.ts';

function counting(): Random {
  let next = 0;
  return { bytes: (length) => new Uint8Array(length).fill(++next), integer: () => 0 };
}

const passage: Passage = {
  text: '😀 Anna, ANNA, Bert',
  locus: '(0010,4000)',
  place: 'element',
  hints: { format: 'dicom' },
};
const hit = (start: number, end: number): Hit => ({
  start,
  end,
  category: 'A',
  detector: 'known',
  rule: 'known.name',
  tier: 'leak',
  confidence: 1,
});

describe('from a hit to a finding', () => {
  it('masks the value and counts code points', () => {
    const finding = findingOf(hit(2, 6), passage, {
      sourceId: 's1',
      fingerprints: new Fingerprints(counting()),
    });
    expect(finding).toMatchObject({
      sourceId: 's1',
      format: 'dicom',
      locus: '(0010,4000)',
      span: [2, 6],
      shown: '••••••••',
    });
    expect(JSON.stringify(finding)).not.toContain('Anna');
  });

  it('gives equal values one fingerprint, others another, and none that depends on the value', () => {
    const context = { sourceId: 's1', fingerprints: new Fingerprints(counting()) };
    const [anna, upper, bert] = [hit(2, 6), hit(8, 12), hit(14, 18)].map(
      (h) => findingOf(h, passage, context).fingerprint,
    );
    expect(anna).toBe('0101010101010101');
    expect(upper).toBe(anna);
    expect(bert).toBe('0202020202020202');
  });
});
