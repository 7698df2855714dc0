import type { Ocr } from '../../src/ocr/reader.ts';
import { textRegions } from '../../src/ocr/regions.ts';
import { type Look, painted } from './look.ts';
import { hasNative, readNatively } from './native.ts';
import { type Goal, percent } from './table.ts';
import { standsIn, wasRead } from './tokens.ts';

/** Shorter tokens turn up by chance in what a reader makes of noise. */
const FEWEST = 4;

/** Paints the boxes of every frame over, and asks two readers for the tokens again. */
export async function checkRedacted(
  looks: readonly Look[],
  ocr: Ocr,
  left: (line: string) => void,
): Promise<Goal[]> {
  const native = hasNative();
  const found = { ours: 0, native: 0, tokens: 0 };
  const lanes = [0, 1].map(async (lane) => {
    for (const one of looks.filter((_, i) => i % 2 === lane)) {
      const frame = painted(one);
      const regions = textRegions(frame.image, ...frame.levels);
      const words = (await ocr.readRegions(regions)).flatMap((reading) => [...reading.words]);
      const turn = (360 - Number(one.sample.traits.turn ?? 0)) % 360;
      const text = native ? await readNatively(frame.image, turn) : '';
      for (const token of one.sample.tokens) {
        if (!token.identifying || token.text.length < FEWEST) continue;
        found.tokens++;
        const [ours, theirs] = [wasRead(token.text, words), standsIn(token.text, text)];
        if (ours) found.ours++;
        if (theirs) found.native++;
        if (ours || theirs) left(`left after redaction: ${one.sample.name} ${token.text}`);
      }
    }
  });
  await Promise.all(lanes);
  return [
    { what: 'tokens our OCR reads after redaction', ...percent(found.ours, found.tokens), atMost: 0 },
    native
      ? {
          what: 'tokens native tesseract reads after redaction',
          ...percent(found.native, found.tokens),
          atMost: 0,
        }
      : { what: 'tokens native tesseract reads after redaction', unit: '', note: 'not installed', atMost: 0 },
  ];
}
