import { describe, expect, it } from 'vitest';
import { exceptIssuedCodes } from '../../src/detect/issued-codes.ts';
import { KnownIdentifiers } from '../../src/detect/known/known-identifiers.ts';
import type { Passage } from '../../src/model/passage.ts';

const passage = (text: string): Passage => ({
  text,
  locus: 'PV1-8.1',
  place: 'HL7 field',
  hints: { format: 'hl7', field: 'PV1-8', typed: 'A' },
});

describe('exceptIssuedCodes', () => {
  const known = new KnownIdentifiers();
  known.add({ value: 'Ng^Bo', category: 'A', kind: 'name' });
  const detector = exceptIssuedCodes(known.freeze().detector(), (value) => value === 'R674NG2P5DPZW');

  it('passes over a short name that a code of ours happens to spell', () => {
    expect(detector.detect(passage('R674NG2P5DPZW'))).toEqual([]);
  });

  it('still finds the name itself, beside a code too', () => {
    expect(detector.detect(passage('Ng^Bo'))).not.toEqual([]);
    expect(detector.detect(passage('R674NG2P5DPZW Ng^Bo'))).not.toEqual([]);
    expect(detector.detect(passage('R674NG2P5DPZX'))).not.toEqual([]);
  });
});
