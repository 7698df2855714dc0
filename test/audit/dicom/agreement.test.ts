import { describe, expect, it } from 'vitest';
import { disagreements } from '../../../src/audit/dicom/agreement.ts';
import { readSecond } from '../../../src/audit/dicom/second-reader.ts';
import { PhiGateError } from '../../../src/errors.ts';
import { memorySource } from '../../../src/splice.ts';
import { EXPLICIT, el, item, LIMITS, part10, tokens } from './build.ts';

const dataSet = Buffer.concat([
  el(0x00080060, 'CS', 'CT'),
  el(0x00100010, 'PN', 'Muster^Anna'),
  el(0x00400275, 'SQ', item(el(0x00321060, 'LO', 'knee'))),
]);
const bytes = part10(EXPLICIT, dataSet);
const file = tokens(bytes);
const reading = readSecond(memorySource(bytes), file, LIMITS);

describe('agreement of the two DICOM readers', () => {
  it('finds none where they see the same', () => {
    expect(disagreements(file, reading)).toEqual([]);
  });

  it('finds an element that only the tokenizer sees', () => {
    const elements = reading.elements.filter(({ path }) => path !== '(0010,0010)');
    expect(disagreements(file, { ...reading, elements })).toEqual([
      { kind: 'missing', locus: '(0010,0010)' },
    ]);
  });

  it('finds an element that only the second reader sees', () => {
    const less = { ...file, dataSet: file.dataSet.slice(1) };
    expect(disagreements(less, reading)).toEqual([{ kind: 'unexpected', locus: '(0008,0060)' }]);
  });

  it.each([
    ['length', { length: 3 }],
    ['place', { valueStart: 1 }],
    ['vr', { vr: 'LO' }],
    ['items', { items: 1 }],
  ] as const)('finds another %s', (kind, change) => {
    const elements = reading.elements.map((e) => (e.path === '(0010,0010)' ? { ...e, ...change } : e));
    expect(disagreements(file, { ...reading, elements })).toEqual([{ kind, locus: '(0010,0010)' }]);
  });

  it('never takes an unreadable file for an agreement', () => {
    const unreadable = new PhiGateError('malformed', 'no');
    expect(disagreements(file, { ...reading, unreadable })).toEqual([
      { kind: 'unreadable', locus: 'data set' },
    ]);
  });
});
