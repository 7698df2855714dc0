import { fillsAllocation } from '../../dicom/pixels/samples.ts';
import type { Pixels } from './pixel-data.ts';

const CHUNK = 1 << 20;

/**
 * Whether native 8- or 16-bit samples carry anything outside Bits Stored that is no sign extension. Retired overlays lie there
 * (PS3.5 8.1.2, PS3.3 C.9.2), and no reader of the picture shows them. Compressed frames are not looked at.
 */
export function carriesHighBits({ description, data }: Pixels): boolean {
  const { bitsAllocated, bitsStored, highBit, pixelRepresentation, littleEndian } = description;
  if (data.kind !== 'native' || (bitsAllocated !== 8 && bitsAllocated !== 16)) return false;
  if (fillsAllocation(description)) return false;
  const below = bitsStored === highBit + 1 ? 0 : (1 << (highBit + 1 - bitsStored)) - 1;
  const above = ((1 << bitsAllocated) - 1) & ~((1 << (highBit + 1)) - 1);
  const sign = pixelRepresentation === 1 ? 1 << highBit : 0;
  const isPlain = (sample: number) => {
    const bits = sample & above;
    if ((sample & below) !== 0) return false;
    return bits === 0 || (bits === above && (sample & sign) !== 0);
  };
  for (let at = data.start; at < data.start + data.length; at += CHUNK) {
    const bytes = data.source.read(at, Math.min(CHUNK, data.start + data.length - at));
    if (bitsAllocated === 8 ? !bytes.every(isPlain) : !every16(bytes, littleEndian, isPlain)) return true;
  }
  return false;
}

function every16(bytes: Uint8Array, littleEndian: boolean, test: (sample: number) => boolean): boolean {
  const [low, high] = littleEndian ? [0, 1] : [1, 0];
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    if (!test((bytes[i + low] ?? 0) | ((bytes[i + high] ?? 0) << 8))) return false;
  }
  return true;
}
