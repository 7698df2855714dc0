const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes of base32 (RFC 4648 section 6), either case, padding or none; undefined where the rest holds more than zeros. */
export function fromBase32(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let [bits, value] = [0, 0];
  for (const letter of text.toUpperCase().replace(/=/g, '')) {
    const place = ALPHABET.indexOf(letter);
    if (place < 0) return undefined;
    value = ((value << 5) | place) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
  }
  return (value & ((1 << bits) - 1)) === 0 ? Buffer.from(bytes) : undefined;
}
