import { describe, expect, it } from 'vitest';
import { changedFrame } from '../../src/audit/pixel-proof.ts';
import type { PixelDescription } from '../../src/dicom/pixels/description.ts';
import { encodeFrame } from '../../src/dicom/pixels/encode.ts';
import { described, encapsulatedData, nativeData } from '../dicom/pixels/described.ts';

const size = { rows: 16, columns: 16 };
const grey = Uint8Array.from({ length: 512 }, (_, i) => (i * 11) & 0xff);
const offsetTable = { start: 0, length: 0 };

const native = (bytes: Uint8Array, changes: Partial<PixelDescription> = {}) => ({
  description: described({ ...size, frames: 2, ...changes }),
  data: nativeData(bytes),
  offsetTable,
});

const changedAt = (at: number): Uint8Array => {
  const bytes = grey.slice();
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

describe('changedFrame', () => {
  it('sees one bit of one sample', async () => {
    expect(await changedFrame(native(grey), native(grey), [])).toBeUndefined();
    expect(await changedFrame(native(grey), native(changedAt(3)), [])).toBe(1);
    expect(await changedFrame(native(grey), native(changedAt(300)), [])).toBe(2);
  });

  it('lets pass what lies in the boxes of that frame, and in no other', async () => {
    const box = [3, 0, 1, 1] as const;
    const after = native(changedAt(3));
    expect(await changedFrame(native(grey), after, [{ first: 1, last: 1, box }])).toBeUndefined();
    expect(await changedFrame(native(grey), after, [{ first: 2, last: 2, box }])).toBe(1);
    expect(await changedFrame(native(grey), native(changedAt(4)), [{ first: 1, last: 2, box }])).toBe(1);
  });

  it('compares pictures, not bytes: another syntax without loss is the same picture', async () => {
    const description = described({ ...size, transferSyntax: '1.2.840.10008.1.2.4.80' });
    const frames = [grey.slice(0, 256), grey.slice(256)];
    const streams = await Promise.all(frames.map((values) => encodeFrame(values, description)));
    const coded = {
      description: { ...description, frames: 2 },
      data: encapsulatedData(streams),
      offsetTable,
    };
    expect(await changedFrame(native(grey), coded, [])).toBeUndefined();
    expect(await changedFrame(native(changedAt(511)), coded, [])).toBe(2);
  });

  it('lets bits outside the samples change, and not the samples', async () => {
    const narrow = { bitsStored: 6, highBit: 5 };
    const cleared = grey.map((value) => value & 0x3f);
    expect(await changedFrame(native(grey, narrow), native(cleared, narrow), [])).toBeUndefined();
    expect(
      await changedFrame(
        native(grey, narrow),
        native(
          grey.map((v) => v & 0x1f),
          narrow,
        ),
        [],
      ),
    ).toBe(1);
  });

  it('counts a frame that only one of the two decodes as changed', async () => {
    const cut = { ...native(grey.slice(0, 300)), data: nativeData(grey.slice(0, 300)) };
    expect(await changedFrame(native(grey), cut, [])).toBe(2);
    expect(await changedFrame(cut, cut, [])).toBeUndefined();
    expect(await changedFrame(native(grey), native(grey, { frames: 1 }), [])).toBe(2);
  });
});
