import type { Random } from '../../random.ts';

const OCR: Readonly<Record<string, readonly string[]>> = {
  o: ['0'],
  O: ['0'],
  l: ['1', 'I', '|'],
  I: ['1', 'l'],
  i: ['1', 'l'],
  S: ['5'],
  s: ['5'],
  B: ['8'],
  rn: ['m'],
  m: ['rn'],
  d: ['cl'],
  cl: ['d'],
  w: ['vv'],
  W: ['VV'],
  '0': ['O', 'o'],
  '1': ['l', 'I'],
  '5': ['S'],
  '8': ['B'],
};

/** One to `most` letters read wrong by OCR; undefined where the word has none that is. */
export function misread(word: string, random: Random, most = 2): string | undefined {
  let text = word;
  let changed = 0;
  for (let attempt = 0; attempt < 40 && changed < most; attempt++) {
    const at = random.whole(0, text.length - 1);
    const part = [text.slice(at, at + 2), text.charAt(at)].find((key) => OCR[key] !== undefined);
    if (part === undefined) continue;
    text = text.slice(0, at) + random.pick(OCR[part] ?? [part]) + text.slice(at + part.length);
    changed++;
  }
  return text === word ? undefined : text;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** One letter inserted, deleted, replaced or swapped with the next, anywhere in the word. */
export function oneEdit(word: string, random: Random): string {
  const letters = [...word];
  for (;;) {
    const at = random.whole(0, letters.length - 1);
    const letter = LETTERS.charAt(random.whole(0, 25));
    const edited = [...letters];
    switch (random.whole(0, 3)) {
      case 0:
        edited.splice(at, 0, letter);
        break;
      case 1:
        edited.splice(at, 1);
        break;
      case 2:
        edited[at] = letter;
        break;
      default:
        edited.splice(at, 2, letters[at + 1] ?? '', letters[at] ?? '');
    }
    // A lost space or hyphen is another form.
    const text = edited.join('');
    const isLetters = letters.length === edited.length || /^\p{L}$/u.test(letters[at] ?? '');
    if (text.toLowerCase() !== word.toLowerCase() && isLetters) return text;
  }
}

/** One digit wrong, or two neighbours swapped. */
export function wrongDigit(number: string, random: Random, kind: 'replace' | 'swap'): string | undefined {
  const places = [...number].flatMap((char, i) => (/\d/.test(char) ? [i] : []));
  const chars = [...number];
  for (let attempt = 0; attempt < 50; attempt++) {
    const k = random.whole(0, places.length - 1);
    const [at = 0, next] = [places[k], places[k + 1]];
    if (kind === 'replace') {
      const digit = String((Number(chars[at]) + random.whole(1, 9)) % 10);
      return [...chars.slice(0, at), digit, ...chars.slice(at + 1)].join('');
    }
    if (next !== at + 1 || chars[at] === chars[next]) continue;
    return [...chars.slice(0, at), chars[next], chars[at], ...chars.slice(next + 1)].join('');
  }
  return undefined;
}

/** Without accents; what has none of its own (ø, ß, ł) as people type it. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(
      /[ßøØłŁæÆđĐı]/g,
      (letter) =>
        ({ ß: 'ss', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', æ: 'ae', Æ: 'Ae', đ: 'd', Đ: 'D', ı: 'i' })[letter] ??
        letter,
    );

/** German, Danish and Swedish letters in two; undefined where there are none. */
export function inTwoLetters(text: string): string | undefined {
  const pairs: Readonly<Record<string, string>> = {
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
    ß: 'ss',
    ø: 'oe',
    å: 'aa',
    Ä: 'Ae',
    Ö: 'Oe',
    Ü: 'Ue',
    Ø: 'Oe',
    Å: 'Aa',
  };
  const written = text.replace(/[äöüßøåÄÖÜØÅ]/g, (letter) => pairs[letter] ?? letter);
  return written === text ? undefined : plain(written);
}

/** ASCII as full-width forms. */
export const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0));

/** Letters beyond ASCII as references or escapes of a format. */
export const escaped = (text: string, as: (code: number, utf8: Buffer) => string): string =>
  text.replace(/[^\x00-\x7f]/gu, (char) => as(char.codePointAt(0) ?? 0, Buffer.from(char)));

/** Every other letter a capital. */
export const mixedCase = (text: string): string =>
  [...text].map((char, i) => (i % 2 === 0 ? char.toLowerCase() : char.toUpperCase())).join('');
