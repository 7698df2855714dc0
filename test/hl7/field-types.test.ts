import { expect, test } from 'vitest';
import { allowsYearAlone, isKnownSegment, typeTable } from '../../src/hl7/field-types.ts';

const typeOf = (version: string, segment: string, field: number) =>
  typeTable(version).fields(segment)?.[field - 1]?.type;

test('types follow the version', () => {
  expect(typeOf('2.1', 'PID', 5)).toBe('PN');
  expect(typeOf('2.3', 'PID', 5)).toBe('XPN');
  expect(typeOf('2.2', 'PID', 20)).toBe('CM_LICENSE_NO');
  expect(typeOf('2.5.1', 'PID', 20)).toBe('DLN');
  expect(typeOf('2.5', 'OBR', 7)).toBe('TS');
  expect(typeOf('2.6', 'OBR', 7)).toBe('DTM');
  expect(typeOf('2.8.2', 'PRT', 16)).toBe('EI');
});

test('a field that a version calls text, because it withdrew it, has the type it had', () => {
  expect(typeOf('2.7.1', 'PR1', 11)).toBe('XCN');
  expect(typeOf('2.8', 'OBR', 27)).toBe('TQ');
});

test('a segment that the version does not know has no fields; the union knows them all', () => {
  expect(typeTable('2.3').fields('SPM')).toBeUndefined();
  expect(typeTable('9.9').fields('SPM')).toBeDefined();
  expect(typeOf('', 'PID', 5)).toBe('XPN');
  expect(typeTable('2.3').fields('ZZZ')).toBeUndefined();
  expect([isKnownSegment('PID'), isKnownSegment('ZDS')]).toEqual([true, false]);
});

test('components follow the version too, and a newer type is known to an older message', () => {
  expect(typeTable('2.3').components('XPN')?.[0]).toBe('ST');
  expect(typeTable('2.5.1').components('XPN')?.[0]).toBe('FN');
  expect(typeTable('2.3').components('CWE')?.[0]).toBe('ST');
  expect(typeTable('2.5').components('ST')).toBeUndefined();
});

test('a year alone is allowed from 2.3 on', () => {
  expect([allowsYearAlone('2.2'), allowsYearAlone('2.3'), allowsYearAlone('')]).toEqual([false, true, true]);
});
