/** The part of opentype.js 2 that the evaluation draws with; the package brings no types. */
declare module 'opentype.js' {
  export interface Path {
    toPathData(decimals: number): string;
  }
  export interface Glyph {
    readonly advanceWidth: number;
    getPath(x: number, y: number, size: number): Path;
  }
  export interface Font {
    readonly unitsPerEm: number;
    charToGlyph(character: string): Glyph;
  }
  const opentype: { parse(buffer: ArrayBuffer): Font };
  export default opentype;
}
