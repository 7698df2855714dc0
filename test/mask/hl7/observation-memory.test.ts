import { expect, test } from 'vitest';
import { readHl7File } from '../../../src/hl7/file.ts';
import { spanOf } from '../../../src/mask/hl7/byte-table.ts';
import { FieldScan } from '../../../src/mask/hl7/field-scan.ts';
import { ObservationMemory } from '../../../src/mask/hl7/observation-memory.ts';
import { policyOf } from '../../../src/mask/hl7/policy.ts';
import { contextOf } from './doubles.ts';

const field = policyOf(contextOf().project).segment('2.5', 'OBX').field(5);

/** Whether an OBX is found in the memory of one that it was kept in. */
function isKept(obx: string): boolean {
  const file = readHl7File(Buffer.from(`MSH|^~\\&|||||||ORU^R01|1|P|2.5\r${obx}`));
  const [message] = file.parts;
  const segment = message?.segments[1];
  if (message === undefined || segment === undefined) throw new Error('no OBX');
  const scan = new FieldScan();
  scan.read(message.bytes, segment, message.delimiters, 1);
  const memory = new ObservationMemory();
  const observed = {
    type: 'NM',
    codes: [],
    texts: [],
    unit: '',
    range: '',
    label: '',
    treatment: field.treatment,
  };
  memory.keep(field, spanOf(message.bytes), scan, observed);
  return memory.find(field, spanOf(message.bytes), scan) === observed;
}

test('observations are kept by type, identifier, unit and range, but not what is longer than those ever are', () => {
  expect(isKept('OBX|1|NM|1^A^L||5|mg|1-2')).toBe(true);
  expect(isKept('OBX|1|NM|1^A^L||5')).toBe(true);
  expect(isKept(`OBX|1|NM|${'x'.repeat(600)}||5`)).toBe(false);
  expect(isKept(`OBX|1|NM|1^A^L||5|mg|${'x'.repeat(600)}`)).toBe(false);
});
