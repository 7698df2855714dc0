const CONFUSED: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  '|': 'l',
  '5': 's',
  '8': 'b',
  '2': 'z',
};

/** A word as OCR may read it: letters and signs that look alike are one. For folded words. */
export const skeletonOf = (word: string): string =>
  word
    .replace(/[01i|582]/g, (sign) => CONFUSED[sign] ?? sign)
    .replace(/rn/g, 'm')
    .replace(/cl/g, 'd')
    .replace(/vv/g, 'w');

const DIGITS: Readonly<Record<string, string>> = { o: '0', l: '1', i: '1', '|': '1', s: '5', b: '8', z: '2' };

/** A folded code with the letters that look like digits taken for them. */
export const digitSkeletonOf = (code: string): string =>
  code.replace(/[oli|sbz]/g, (letter) => DIGITS[letter] ?? letter);
