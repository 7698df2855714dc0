import { describe, expect, test } from 'vitest';
import type { Action } from '../../../src/model/action.ts';
import { contextOf, masked, maskedSegment } from './doubles.ts';

const pid = 'PID|1||77^^^H^MR||ROE^JOHN^Q||19700203|M|||1 Elm St^^Boston^MA^02139||617-555-0199';

function withRule(at: string, action: Action, segment = pid, when?: object): string {
  return maskedSegment(
    segment,
    contextOf({ rules: { hl7: [{ at, action, ...(when && { when }) }] } }, ['Roe']),
  );
}

describe('every action works on a field', () => {
  test('keep, remove and empty', () => {
    expect(withRule('PID-5', { do: 'keep' })).toContain('||ROE^JOHN^Q||');
    expect(withRule('PID-8', { do: 'remove' })).toContain('|1970||||');
    expect(withRule('PID-3', { do: 'empty' })).toContain('PID|1||ANON^^^^||');
  });

  test('replace fills templates and stands for the whole field', () => {
    expect(withRule('PID-5', { do: 'replace', with: 'SUBJ-{patient}' })).toContain('||SUBJ-PT:77@H^^||');
    expect(withRule('PID-5', { do: 'replace', with: 'A^B|C' })).toContain('||A\\S\\B\\F\\C^^||');
  });

  test('random values have their kinds and shapes, and repeat', () => {
    const number = withRule('PID-13', { do: 'random', kind: 'number' });
    expect(number).toMatch(/\|\d{3}-\d{3}-\d{4}$/);
    expect(number).not.toContain('617-555-0199');
    expect(withRule('PID-13', { do: 'random', kind: 'number' })).toBe(number);
    expect(withRule('PID-5', { do: 'random', kind: 'name' })).toMatch(/\|\|[A-Z]{6} [A-Z]{6}\^\^\|\|/);
    expect(withRule('PID-7', { do: 'random', kind: 'date', from: '2001-01-01', to: '2001-01-01' })).toContain(
      '|20010101|',
    );
    expect(withRule('PID-3.1', { do: 'random', kind: 'uid' })).toMatch(/PID\|1\|\|2\.25\.\d+\^/);
  });

  test('pseudonym, uid and dummy', () => {
    expect(withRule('PID-13', { do: 'pseudonym', domain: 'other' })).toContain('|OTHER:617-555-0199');
    expect(withRule('PID-3.1', { do: 'uid' })).toContain('PID|1||OTHER:77^');
    expect(withRule('PID-13', { do: 'dummy' })).toContain('|ANON');
  });

  test('dates, shift, year, birth date and age', () => {
    expect(withRule('PID-7', { do: 'shift-date' })).toContain('|19700124|');
    expect(withRule('PID-7', { do: 'year' })).toContain('|1970|');
    expect(withRule('PID-7', { do: 'birth-date' })).toContain('|1970|');
    expect(withRule('ZAG-1', { do: 'age' }, 'ZAG|93|93')).toBe('ZAG|90|');
  });

  test('zip3, clean and regex', () => {
    expect(withRule('PID-11.5', { do: 'zip3' })).toContain('^MA^021||');
    expect(withRule('PID-5', { do: 'clean' })).toContain('||[X]^JOHN^Q||');
    expect(withRule('PID-13', { do: 'regex', pattern: '^(\\d{3})-.*', with: '$1' })).toContain('|617');
  });

  test('add puts a field there, with the separators that it needs, and leaves a filled one', () => {
    expect(withRule('PID-15', { do: 'add', value: 'eng|x' })).toMatch(/617-555|\|\|\|eng\\F\\x$/);
    expect(withRule('PV1-4', { do: 'add', value: 'R' }, 'PV1|1|I')).toBe('PV1|1|I||R');
    expect(withRule('PV1-3', { do: 'add', value: 'R' }, 'PV1|1|I||E')).toBe('PV1|1|I|R|E');
    expect(withRule('PV1-2', { do: 'add', value: 'R' }, 'PV1|1|I')).toBe('PV1|1|I');
  });
});

describe('rules reach', () => {
  test('components, types and all fields of a segment', () => {
    expect(withRule('PID-11.3', { do: 'keep' })).toContain('^^Boston^MA^021');
    expect(withRule('type:XTN', { do: 'keep' })).toContain('|617-555-0199');
    expect(withRule('ZPI-*', { do: 'clean' }, 'ZPI|5|said Roe')).toBe('ZPI|5|said [X]');
  });

  test('only where their condition holds', () => {
    const keep: Action = { do: 'keep' };
    expect(withRule('PID-5', keep, pid, { at: 'PID-8', equals: 'M' })).toContain('ROE^JOHN');
    expect(withRule('PID-5', keep, pid, { at: 'PID-8', equals: 'F' })).not.toContain('ROE');
    expect(withRule('PID-5', keep, pid, { at: 'MSH-9.2', in: ['A01', 'A04'] })).toContain('ROE^JOHN');
    expect(withRule('PID-5', keep, pid, { at: 'PID-13', matches: '^617' })).toContain('ROE^JOHN');
    expect(withRule('PID-5', keep, pid, { at: 'PID-14', present: false })).toContain('ROE^JOHN');
  });

  test('a condition on the segment at hand looks at that one, not at its like', () => {
    const rules = {
      rules: { hl7: [{ at: 'OBX-5', action: { do: 'remove' }, when: { at: 'OBX-3.1', equals: 'B' } }] },
    };
    const text = masked('MSH|^~\\&|||||||ORU|1|P|2.5\nOBX|1|ST|A||one\nOBX|2|ST|B||two', contextOf(rules));
    expect(text).toContain('OBX|1|ST|A||one\nOBX|2|ST|B||');
    expect(text).not.toContain('two');
  });
});
