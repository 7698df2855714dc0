import { deflateRawSync } from 'node:zlib';
import type { DicomFile } from '../../../src/dicom/element.ts';
import { readDicom } from '../../../src/dicom/file.ts';
import { memorySource } from '../../../src/splice.ts';

export const LIMITS = { depth: 64, inflatedBytes: 1 << 24, headerBytes: 1 << 24 };
const LONG = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

interface Layout {
  readonly explicit?: boolean;
  readonly big?: boolean;
}

function tagBytes(tag: number, big = false): Buffer {
  const bytes = Buffer.alloc(4);
  if (big) bytes.writeUInt32BE(tag);
  else {
    bytes.writeUInt16LE(tag >>> 16, 0);
    bytes.writeUInt16LE(tag & 0xffff, 2);
  }
  return bytes;
}

function uint(value: number, size: 2 | 4, big = false): Buffer {
  const bytes = Buffer.alloc(size);
  if (big) bytes.writeUIntBE(value, 0, size);
  else bytes.writeUIntLE(value, 0, size);
  return bytes;
}

/** One element; a text value is padded to even length. `length` overrides the length field. */
export function el(
  tag: number,
  vr: string,
  value: string | Buffer,
  layout: Layout & { length?: number } = {},
): Buffer {
  const { explicit = true, big = false } = layout;
  const raw = Buffer.isBuffer(value) ? value : Buffer.from(value, 'latin1');
  const padded = raw.length % 2 === 0 ? raw : Buffer.concat([raw, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
  const length = layout.length ?? padded.length;
  if (!explicit) return Buffer.concat([tagBytes(tag, big), uint(length, 4, big), padded]);
  const header = LONG.has(vr)
    ? [Buffer.from(vr), Buffer.alloc(2), uint(length, 4, big)]
    : [Buffer.from(vr), uint(length, 2, big)];
  return Buffer.concat([tagBytes(tag, big), ...header, padded]);
}

/** An item of defined length. */
export function item(...elements: Buffer[]): Buffer {
  const value = Buffer.concat(elements);
  return Buffer.concat([tagBytes(0xfffee000), uint(value.length, 4), value]);
}

/** An item of undefined length, with its delimiter. */
export function openItem(...elements: Buffer[]): Buffer {
  return Buffer.concat([
    tagBytes(0xfffee000),
    uint(0xffffffff, 4),
    ...elements,
    tagBytes(0xfffee00d),
    uint(0, 4),
  ]);
}

export const SEQUENCE_END = Buffer.concat([tagBytes(0xfffee0dd), uint(0, 4)]);

/** Preamble, meta group and a data set. `syntax` may be padded at will. */
export function part10(syntax: string, dataSet: Buffer, preamble: Buffer = Buffer.alloc(128)): Buffer {
  const meta = Buffer.concat([el(0x00020003, 'UI', '2.25.111'), el(0x00020010, 'UI', syntax)]);
  const group = el(0x00020000, 'UL', uint(meta.length, 4));
  return Buffer.concat([preamble, Buffer.from('DICM'), group, meta, dataSet]);
}

export const EXPLICIT = '1.2.840.10008.1.2.1';
export const IMPLICIT = '1.2.840.10008.1.2';
export const BIG_ENDIAN = '1.2.840.10008.1.2.2';

export function deflated(dataSet: Buffer): Buffer {
  return part10('1.2.840.10008.1.2.1.99', deflateRawSync(dataSet));
}

export function tokens(bytes: Uint8Array): DicomFile {
  return readDicom(memorySource(bytes), LIMITS);
}
