/** Checksums that programs make short codes with; no hash of them is meant to keep anything secret. Values are unsigned. */
export interface Checksum {
  readonly name: string;
  readonly bits: 16 | 32;
  readonly of: (bytes: Uint8Array) => number;
}

/** Table of a reflected CRC (ITU-T V.42, ISO 3309). */
function reflectedTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value >>> 0;
  });
}

function reflected(polynomial: number, start: number, end: number): Checksum['of'] {
  let table: Uint32Array | undefined;
  return (bytes) => {
    table ??= reflectedTable(polynomial);
    let value = start;
    for (const byte of bytes) value = (table[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
    return (value ^ end) >>> 0;
  };
}

/** CRC of 16 bits, the highest bit first (ITU-T X.25 polynomial 1021). */
function ccitt(start: number): Checksum['of'] {
  return (bytes) => {
    let value = start;
    for (const byte of bytes) {
      value ^= byte << 8;
      for (let bit = 0; bit < 8; bit += 1) value = value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1;
      value &= 0xffff;
    }
    return value;
  };
}

/** RFC 1950 section 8. */
function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}

/** FNV-1a of 32 bits (RFC 9923). */
function fnv1a(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** `hashCode` of a string in Java and its kin; `djb2` in older programs. */
const polynomial =
  (start: number, factor: number): Checksum['of'] =>
  (bytes) => {
    let value = start;
    for (const byte of bytes) value = (Math.imul(value, factor) + byte) | 0;
    return value >>> 0;
  };

export const CHECKSUMS: readonly Checksum[] = [
  { name: 'crc32', bits: 32, of: reflected(0xedb88320, 0xffffffff, 0xffffffff) },
  { name: 'crc32c', bits: 32, of: reflected(0x82f63b78, 0xffffffff, 0xffffffff) },
  { name: 'adler32', bits: 32, of: adler32 },
  { name: 'fnv1a', bits: 32, of: fnv1a },
  { name: 'hash-code', bits: 32, of: polynomial(0, 31) },
  { name: 'djb2', bits: 32, of: polynomial(5381, 33) },
  { name: 'crc16-arc', bits: 16, of: reflected(0xa001, 0, 0) },
  { name: 'crc16-modbus', bits: 16, of: reflected(0xa001, 0xffff, 0) },
  { name: 'crc16-x25', bits: 16, of: reflected(0x8408, 0xffff, 0xffff) },
  { name: 'crc16-ccitt', bits: 16, of: ccitt(0xffff) },
  { name: 'crc16-xmodem', bits: 16, of: ccitt(0) },
];
