import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import opentype, { type Font } from 'opentype.js';

/** A typeface from its npm package, so that every machine draws the same letters. */
export interface Face {
  readonly name: string;
  readonly font: Font;
}

/** Two sets that share no face: one to tune on, one to report on. */
export const FACES = {
  tune: [
    'arimo 400',
    'cousine 400',
    'roboto-condensed 400',
    'vt323 400',
    'arimo 700',
    'silkscreen 400',
    'ubuntu-mono 400',
    'pixelify-sans 400',
    'noto-serif 400',
  ],
  report: [
    'dejavu-sans 400',
    'lato 400',
    'share-tech-mono 400',
    'anonymous-pro 400',
    'tinos 400',
    'dejavu-sans 700',
    'press-start-2p 400',
  ],
} as const;

/** Faces made of squares, with the size at which a square is a pixel: drawn at multiples of it, with hard edges. */
const GRIDS: Readonly<Record<string, number>> = {
  'vt323 400': 16,
  'silkscreen 400': 8,
  'press-start-2p 400': 8,
};

/** The size next to `size` at which a face looks as it is meant to, and whether it may have soft edges. */
export function fitting(name: string, size: number): { size: number; soft: boolean } {
  const grid = GRIDS[name];
  if (grid === undefined) return { size, soft: true };
  return { size: grid * Math.max(1, Math.round(size / grid)), soft: false };
}

/** A pen, not a typeface: measured apart. */
export const HANDWRITING = 'caveat 700';

const loaded = new Map<string, Face>();

/** @param name package and weight, `arimo 700` */
export function face(name: string): Face {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const [family = '', weight = '400'] = name.split(' ');
  const folder = dirname(createRequire(import.meta.url).resolve(`@fontsource/${family}/package.json`));
  const bytes = readFileSync(join(folder, 'files', `${family}-latin-${weight}-normal.woff`));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const made = { name, font: opentype.parse(buffer) };
  loaded.set(name, made);
  return made;
}
