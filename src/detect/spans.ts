/** Turns UTF-16 offsets of a text into code-point offsets; the identity where no character is outside the BMP. */
export function codePointOffsets(text: string): (offset: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const before = new Uint32Array(text.length + 1);
  for (let i = 0, points = 0; i < text.length; i++) {
    before[i] = points;
    const code = text.charCodeAt(i);
    const isHighOfPair = code >= 0xd800 && code <= 0xdbff && i + 1 < text.length;
    if (!isHighOfPair) points++;
    before[i + 1] = points;
  }
  return (offset) => before[offset] ?? 0;
}
