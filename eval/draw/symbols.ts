import bwip from 'bwip-js';

export const SYMBOLS = ['code128', 'code39', 'ean13', 'qrcode', 'datamatrix', 'pdf417'] as const;

/** Black and white modules of a symbol. */
export interface Modules {
  readonly width: number;
  readonly height: number;
  dark(x: number, y: number): boolean;
}

/** A symbol that says `content`, one pixel a module. */
export function symbol(kind: (typeof SYMBOLS)[number], content: string): Modules {
  const [made] = bwip.raw({ bcid: kind, text: content }) as unknown as [Raw];
  if (made.pixs !== undefined && made.pixx !== undefined && made.pixy !== undefined) {
    const { pixs, pixx, pixy } = made;
    // Rows of stacked codes are given once, and are several modules high.
    const rows = pixs.length / pixx;
    return {
      width: pixx,
      height: pixy,
      dark: (x, y) =>
        x >= 0 && y >= 0 && x < pixx && y < pixy && pixs[Math.floor((y * rows) / pixy) * pixx + x] === 1,
    };
  }
  const row = (made.sbs ?? []).flatMap((wide, i) => Array.from({ length: wide }, () => i % 2 === 0));
  return { width: row.length, height: 30, dark: (x, y) => x >= 0 && y >= 0 && y < 30 && row[x] === true };
}

interface Raw {
  readonly pixs?: readonly number[];
  readonly pixx?: number;
  readonly pixy?: number;
  readonly sbs?: readonly number[];
}
