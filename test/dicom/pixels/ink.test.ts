import { expect, it } from 'vitest';
import { blackOf } from '../../../src/dicom/pixels/ink.ts';
import { described } from './described.ts';

it('takes the darkest entry of a palette that begins below zero', () => {
  const table = { descriptor: [4, 0xfffe, 8] as const, data: Uint8Array.of(0, 90, 180, 250) };
  const description = described({
    photometric: 'PALETTE COLOR',
    palette: { red: table, green: table, blue: table },
    pixelRepresentation: 1,
  });
  expect(blackOf(Int8Array.of(1, 0, -1, -2), description)).toEqual([-2]);
});
