/**
 * Ways in which Cyrillic and Greek names are written in Latin letters: passports (ICAO 9303 part 3), English usage
 * (BGN/PCGN 1947), German usage (Duden), scholarly usage without its accents (ISO 9, ELOT 743).
 */
export const WAYS = ['passport', 'english', 'german', 'scholarly'] as const;
export type Way = (typeof WAYS)[number];

const SAME =
  'а=a б=b в=v г=g д=d е=e з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f ы=y і=i ґ=g ј=j ѓ=g ќ=k'.concat(
    ' α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o',
  );

const DIFFERENT: Readonly<Record<Way, string>> = {
  passport:
    'ё=e ж=zh й=i х=kh ц=ts ч=ch ш=sh щ=shch ъ=ie ь= э=e ю=iu я=ia ї=i є=ie ў=u ђ=d љ=lj њ=nj ћ=c џ=dz',
  english:
    'ё=yo ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch ъ= ь= э=e ю=yu я=ya ї=yi є=ye ў=w ђ=dj љ=lj њ=nj ћ=c џ=dz',
  german:
    'ё=jo ж=sch й=i х=ch ц=z ч=tsch ш=sch щ=schtsch ъ= ь= э=e ю=ju я=ja ї=ji є=je ў=u ђ=dj љ=lj њ=nj ћ=c џ=dz в=w з=s χ=ch',
  scholarly:
    'ё=e ж=z й=j х=h ц=c ч=c ш=s щ=sc ъ= ь= э=e ю=ju я=ja ї=i є=je ў=u ђ=d љ=l њ=n ћ=c џ=dz γ=g η=e υ=u φ=ph χ=h β=b',
};

/** Two Greek letters that make one sound. */
const GREEK_PAIRS: readonly (readonly [pair: RegExp, latin: string])[] = [
  [/ου/g, 'ou'],
  [/αυ(?=[θκξπσςτφχψ])/g, 'af'],
  [/ευ(?=[θκξπσςτφχψ])/g, 'ef'],
  [/αυ/g, 'av'],
  [/ευ/g, 'ev'],
  [/^μπ/g, 'b'],
  [/γγ/g, 'ng'],
  [/γκ/g, 'gk'],
];

const TABLES = new Map(
  WAYS.map((way) => [
    way,
    new Map(`${SAME} ${DIFFERENT[way]}`.split(' ').map((pair) => pair.split('=') as [string, string])),
  ]),
);

/** Whether a word is written in Cyrillic or Greek. */
export const isTransliterable = (word: string): boolean =>
  /^[\p{M}\u0370-\u03ff\u0400-\u045f\u0490\u0491\u1f00-\u1fff]{2,}$/u.test(word);

/** The word in Latin letters, in small ones. */
export function transliterate(word: string, way: Way): string {
  const table = TABLES.get(way);
  let text = word.normalize('NFC').toLowerCase();
  // й and ї are letters of their own; accents of Greek are not.
  if (/[\u0370-\u03ff\u1f00-\u1fff]/.test(text)) {
    text = text.normalize('NFD').replace(/\p{M}/gu, '');
    for (const [pair, latin] of GREEK_PAIRS) text = text.replace(pair, latin);
  }
  return [...text].map((letter) => table?.get(letter) ?? letter).join('');
}
