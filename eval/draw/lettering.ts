import type { Path } from 'opentype.js';
import sharp from 'sharp';
import type { Face } from './faces.ts';

/** How much ink each pixel has, 0 to 255, and where the words stand. */
export interface Lettering {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
  /** Of an outlined text: pixels of the outline, to be drawn below the ink. */
  readonly outline?: Uint8Array;
  readonly words: readonly {
    readonly text: string;
    readonly box: readonly [number, number, number, number];
  }[];
}

export interface Style {
  readonly face: Face;
  /** Of the em square, in pixels. */
  readonly size: number;
  /** Letters have soft edges. */
  readonly smooth: boolean;
  /** Letters stand in an outline of the other colour. */
  readonly outlined: boolean;
  /** Pixels by which letters stand closer than the face wants: they touch. */
  readonly tight: number;
}

/** Draws a line of words, upright. */
export async function letter(words: readonly string[], style: Style): Promise<Lettering> {
  const { face, size } = style;
  const edge = 3;
  const baseline = Math.ceil(size * 1.05) + edge;
  const height = baseline + Math.ceil(size * 0.35) + edge;
  let x = edge;
  let paths = '';
  const spans = words.map((text, i) => {
    if (i > 0) x += Math.max(2, Math.round(size * 0.28));
    const from = x;
    for (const character of text) {
      const glyph = face.font.charToGlyph(character);
      paths += pathData(glyph.getPath(x, baseline, size));
      x += (glyph.advanceWidth / face.font.unitsPerEm) * size - style.tight;
    }
    return { text, from: Math.floor(from) - 1, to: Math.ceil(x + style.tight) + 1 };
  });
  const width = Math.ceil(x) + edge + 2;
  const ink = await raster(paths, width, height, style.smooth, '');
  const stroke = `stroke="white" stroke-width="${Math.max(2, size / 7)}" stroke-linejoin="round"`;
  const outline = style.outlined ? await raster(paths, width, height, style.smooth, stroke) : undefined;
  return {
    width,
    height,
    ink,
    ...(outline && { outline }),
    words: spans.map(({ text, from, to }) => ({ text, box: [from, 0, to - from, height] as const })),
  };
}

/** The package's own writer makes numbers that SVG readers stop at. */
function pathData({ commands }: Path): string {
  return commands
    .map(({ type, x1, y1, x2, y2, x, y }) => {
      const numbers = [x1, y1, x2, y2, x, y].filter((n) => n !== undefined);
      return `${type}${numbers.map((n) => n.toFixed(2)).join(' ')}`;
    })
    .join('');
}

async function raster(paths: string, width: number, height: number, smooth: boolean, stroke: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/><path d="${paths}" fill="white" ${stroke}/></svg>`;
  const ink = await sharp(Buffer.from(svg)).extractChannel(0).raw().toBuffer();
  return new Uint8Array(smooth ? ink : ink.map((value) => (value >= 110 ? 255 : 0)));
}

/** The same, turned clockwise. */
export function turned(lettering: Lettering, degrees: 0 | 90 | 180 | 270): Lettering {
  if (degrees === 0) return lettering;
  const { width, height } = lettering;
  const upright = degrees === 180;
  const place = (x: number, y: number): [number, number] =>
    degrees === 90 ? [height - 1 - y, x] : upright ? [width - 1 - x, height - 1 - y] : [y, width - 1 - x];
  const size = upright ? [width, height] : [height, width];
  const turn = (from: Uint8Array): Uint8Array => {
    const to = new Uint8Array(from.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [tx, ty] = place(x, y);
        to[ty * (size[0] as number) + tx] = from[y * width + x] as number;
      }
    }
    return to;
  };
  return {
    width: size[0] as number,
    height: size[1] as number,
    ink: turn(lettering.ink),
    ...(lettering.outline && { outline: turn(lettering.outline) }),
    words: lettering.words.map(({ text, box: [x, y, w, h] }) => {
      const [ax, ay] = place(x, y);
      const [bx, by] = place(x + w - 1, y + h - 1);
      return {
        text,
        box: [Math.min(ax, bx), Math.min(ay, by), Math.abs(ax - bx) + 1, Math.abs(ay - by) + 1] as const,
      };
    }),
  };
}
