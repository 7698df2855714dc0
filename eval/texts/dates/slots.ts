import { Random } from '../../random.ts';

/** Shapes that fit the same sentences: each shape is tried in each sentence, at `{}`. */
export interface Slot<Value> {
  readonly name: string;
  readonly forms: Readonly<Record<string, (value: Value, random: Random) => string>>;
  readonly frames: readonly string[];
}

/** A text with what is planted in it (UTF-16 offsets); nothing planted: whatever is found is a false alarm. */
export interface PlantedText {
  readonly text: string;
  readonly span?: readonly [start: number, end: number];
  readonly slot: string;
  readonly form: string;
}

/** Which half a pairing of shape and sentence belongs to: the one that rules may be written by, or the other. */
export type Half = 'seen' | 'held out';

/** Every shape in every sentence of its slot, `times` over with new values. */
export function plant<Value>(
  slots: readonly Slot<Value>[],
  draw: (random: Random) => Value,
  options: { half: Half; seed: number; times: number },
): PlantedText[] {
  const random = new Random(options.seed);
  return slots.flatMap(({ name: slot, forms, frames }) =>
    Object.entries(forms).flatMap(([form, write]) =>
      frames.flatMap((frame) =>
        Array.from({ length: options.times }, () => {
          const written = write(draw(random), random);
          const at = frame.indexOf('{}');
          const text = frame.replace('{}', () => written);
          return { text, slot, form, span: [at, at + written.length] as const };
        }).filter(() => halfOf(`${form}|${frame}`) === options.half),
      ),
    ),
  );
}

/** By a hash (FNV-1a) of shape and sentence, so that it stays with them when others are added. */
function halfOf(pairing: string): Half {
  let hash = 0x811c9dc5;
  for (let i = 0; i < pairing.length; i++) hash = Math.imul(hash ^ pairing.charCodeAt(i), 0x01000193);
  return ((hash >>> 0) >> 3) % 2 === 0 ? 'seen' : 'held out';
}
