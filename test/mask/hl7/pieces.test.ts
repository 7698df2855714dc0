import { describe, expect, test } from 'vitest';
import { readHl7File } from '../../../src/hl7/file.ts';
import { piecesOf } from '../../../src/mask/hl7/pieces.ts';

describe('the texts of a field', () => {
  test('are found in it, however many they are', () => {
    const field = `b^${'a&'.repeat(200_000)}`;
    const bytes = Buffer.from(`MSH|^~\\&|||||||ORU^R01|1|P|2.5\rOBX|1|FT|1||${field}`);
    const [message] = readHl7File(bytes).parts;
    if (message === undefined) throw new Error('no message');
    const start = bytes.length - field.length;
    const pieces = piecesOf(message, start, bytes.length, 0);
    expect(pieces).toHaveLength(2 * 200_002);
    expect(pieces.slice(0, 6)).toEqual([start, start + 1, start + 2, start + 3, start + 4, start + 5]);
  });
});
