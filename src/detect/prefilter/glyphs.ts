import type { AST } from '@eslint-community/regexpp';

/** The alphabet of the prefilter: the characters of ASCII, and one glyph for all others. */
export const GLYPHS = 129;
export const OTHER = 128;

/** Which glyphs a single character of a pattern may be: never fewer than it matches. */
export type GlyphSet = Uint8Array;

/** Nodes of a pattern that stand for one character. */
export type OneCharacter =
  | AST.Character
  | AST.CharacterSet
  | AST.CharacterClass
  | AST.ExpressionCharacterClass;

export function isOneCharacter(node: AST.Node): node is OneCharacter {
  return (
    node.type === 'Character' ||
    node.type === 'CharacterSet' ||
    node.type === 'CharacterClass' ||
    node.type === 'ExpressionCharacterClass'
  );
}

export const EVERY_GLYPH: GlyphSet = new Uint8Array(GLYPHS).fill(1);

const ASCII = String.fromCharCode(...Array.from({ length: OTHER }, (_, code) => code));

const known = new Map<string, GlyphSet>();

/** The glyphs of a node: those of ASCII by trying each, all others as one unless the node is surely of ASCII alone. */
export function glyphsOf(node: OneCharacter, ignoreCase: boolean): GlyphSet {
  // A dot is any character here: engines differ in what ends a line.
  if (node.type === 'CharacterSet' && node.kind === 'any') return EVERY_GLYPH;
  const key = `${ignoreCase ? 'i' : ''}/${node.raw}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const glyphs = new Uint8Array(GLYPHS);
  const test = new RegExp(node.raw, ignoreCase ? 'giu' : 'gu');
  for (const match of ASCII.matchAll(test)) glyphs[match.index] = 1;
  if (!isAscii(node, ignoreCase)) glyphs[OTHER] = 1;
  known.set(key, glyphs);
  return glyphs;
}

/** Whether nothing outside ASCII can match; case folding takes `ſ` for s and the Kelvin sign for k. */
function isAscii(node: AST.Node, ignoreCase: boolean): boolean {
  switch (node.type) {
    case 'Character':
      return node.value < OTHER && !(ignoreCase && /[ks]/i.test(String.fromCodePoint(node.value)));
    case 'CharacterClassRange':
      return node.max.value < OTHER && !ignoreCase;
    case 'CharacterSet':
      return !node.raw.startsWith('\\p') && (node.kind === 'digit' || node.kind === 'word')
        ? !(node.negate || (ignoreCase && node.kind === 'word'))
        : false;
    case 'CharacterClass':
      return !node.negate && node.elements.every((element) => isAscii(element, ignoreCase));
    default:
      return false;
  }
}
