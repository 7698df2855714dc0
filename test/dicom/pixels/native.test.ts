import { describe, expect, it } from 'vitest';
import { excessPixelBytes, readNativeFrame } from '../../../src/dicom/pixels/native.ts';
import { described, nativeData } from './described.ts';

describe('readNativeFrame', () => {
  it('reads 1-bit frames that begin inside a byte, lowest bit first', () => {
    const description = described({ rows: 1, columns: 3, frames: 3, bitsAllocated: 1 });
    // 101 011 110, packed from the lowest bit up
    const data = nativeData(Uint8Array.of(0b11110101, 0b0));
    expect([...readNativeFrame(description, data, 0)]).toEqual([1, 0, 1]);
    expect([...readNativeFrame(description, data, 1)]).toEqual([0, 1, 1]);
    expect([...readNativeFrame(description, data, 2)]).toEqual([1, 1, 0]);
  });

  it('extends the sign of 12 bits stored in 16 and leaves the bits above alone', () => {
    const description = described({
      rows: 1,
      columns: 2,
      bitsAllocated: 16,
      bitsStored: 12,
      pixelRepresentation: 1,
    });
    const data = nativeData(Uint8Array.of(0xff, 0x0f, 0x01, 0xf0));
    expect([...readNativeFrame(description, data, 0)]).toEqual([-1, 1]);
  });

  it('reads big-endian words of 16 and 32 bits', () => {
    const words = described({ rows: 1, columns: 1, bitsAllocated: 16, littleEndian: false });
    expect([...readNativeFrame(words, nativeData(Uint8Array.of(1, 2)), 0)]).toEqual([0x0102]);
    const longs = described({ rows: 1, columns: 1, bitsAllocated: 32, littleEndian: false });
    expect([...readNativeFrame(longs, nativeData(Uint8Array.of(1, 2, 3, 4)), 0)]).toEqual([0x01020304]);
  });

  it('swaps pairs of 8-bit samples in big-endian OW, and not in OB', () => {
    const description = described({ rows: 1, columns: 2, littleEndian: false });
    expect([...readNativeFrame(description, nativeData(Uint8Array.of(1, 2), 'OW'), 0)]).toEqual([2, 1]);
    expect([...readNativeFrame(description, nativeData(Uint8Array.of(1, 2), 'OB'), 0)]).toEqual([1, 2]);
  });

  it('reads frames of odd length that begin inside a big-endian word', () => {
    const description = described({ rows: 1, columns: 3, frames: 2, littleEndian: false });
    const data = nativeData(Uint8Array.of(2, 1, 4, 3, 6, 5), 'OW');
    expect([...readNativeFrame(description, data, 0)]).toEqual([1, 2, 3]);
    expect([...readNativeFrame(description, data, 1)]).toEqual([4, 5, 6]);
  });

  it('puts the channels of planar pixels side by side', () => {
    const description = described({
      rows: 1,
      columns: 2,
      samplesPerPixel: 3,
      photometric: 'RGB',
      planarConfiguration: 1,
    });
    const data = nativeData(Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect([...readNativeFrame(description, data, 0)]).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('gives both pixels of a pair their chroma in YBR_FULL_422, unless all samples are stored', () => {
    const description = described({ rows: 1, columns: 2, samplesPerPixel: 3, photometric: 'YBR_FULL_422' });
    expect([...readNativeFrame(description, nativeData(Uint8Array.of(9, 8, 7, 6)), 0)]).toEqual([
      9, 7, 6, 8, 7, 6,
    ]);
    expect([...readNativeFrame(description, nativeData(Uint8Array.of(1, 2, 3, 4, 5, 6)), 0)]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('refuses a frame that the data does not hold', () => {
    const description = described({ frames: 2 });
    expect(() => readNativeFrame(description, nativeData(new Uint8Array(15)), 1)).toThrow(
      expect.objectContaining({ code: 'truncated' }),
    );
  });
});

describe('excessPixelBytes', () => {
  it('counts bytes after the last frame only where one of them is not zero', () => {
    const description = described();
    expect(excessPixelBytes(description, nativeData(new Uint8Array(8)))).toBe(0);
    expect(excessPixelBytes(description, nativeData(new Uint8Array(20)))).toBe(0);
    const hidden = new Uint8Array(20);
    hidden[19] = 1;
    expect(excessPixelBytes(description, nativeData(hidden))).toBe(12);
  });
});
