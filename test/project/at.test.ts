import { describe, expect, it } from 'vitest';
import { parseDicomAt, parseHl7At } from '../../src/project/at.ts';

describe('parseDicomAt', () => {
  it.each([
    ['PatientName', [{ kind: 'keyword', pattern: 'PatientName' }]],
    ['*Date', [{ kind: 'keyword', pattern: '*Date' }]],
    ['(0010,0010)', [{ kind: 'tag', pattern: '00100010' }]],
    ['( 60xx , 3000 )', [{ kind: 'tag', pattern: '60XX3000' }]],
    [
      '(0019,"SIEMENS CT VA0 COAD",1a)',
      [{ kind: 'private', group: '0019', creator: 'SIEMENS CT VA0 COAD', element: '1A' }],
    ],
    ['(0029,"ACME 1.2",10)', [{ kind: 'private', group: '0029', creator: 'ACME 1.2', element: '10' }]],
    [
      'RequestAttributesSequence.(0040,0009)',
      [
        { kind: 'keyword', pattern: 'RequestAttributesSequence' },
        { kind: 'tag', pattern: '00400009' },
      ],
    ],
  ])('reads %s', (at, steps) => {
    expect(parseDicomAt(at)).toEqual(steps);
  });

  it.each([
    '',
    '.',
    '*',
    'A..B',
    '(0010,001)',
    '0010,0010',
    '(0010,"X",10)',
    '(0019,"",10)',
    '(0019,"A\\B",10)',
    'PID-5',
    'A.',
  ])('does not read %j', (at) => {
    expect(parseDicomAt(at)).toBeUndefined();
  });
});

describe('parseHl7At', () => {
  it.each([
    ['PID-5', { kind: 'field', segment: 'PID', field: 5 }],
    ['PID-5.1', { kind: 'field', segment: 'PID', field: 5, component: 1 }],
    ['ZPI-*', { kind: 'field', segment: 'ZPI', field: '*' }],
    ['NK1-37', { kind: 'field', segment: 'NK1', field: 37 }],
    ['type:XPN', { kind: 'type', dataType: 'XPN' }],
  ])('reads %s', (at, place) => {
    expect(parseHl7At(at)).toEqual(place);
  });

  it.each(['', 'PID', 'PID-0', 'PID-5.0', 'pid-5', 'ZPI-*.1', 'type:xpn', 'PatientName', 'PID-5.1.2'])(
    'does not read %j',
    (at) => {
      expect(parseHl7At(at)).toBeUndefined();
    },
  );
});
