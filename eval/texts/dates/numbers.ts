const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** A whole number under 10,000 in English; `joint` between tens and units. */
export function inWords(n: number, joint: string): string {
  if (n < 20) return UNITS[n] ?? '';
  if (n < 100) return `${TENS[Math.floor(n / 10)]}${n % 10 === 0 ? '' : joint + UNITS[n % 10]}`;
  if (n < 1000) {
    const rest = n % 100 === 0 ? '' : ` and ${inWords(n % 100, joint)}`;
    return `${UNITS[Math.floor(n / 100)]} hundred${rest}`;
  }
  return `${inWords(Math.floor(n / 1000), joint)} thousand${n % 1000 === 0 ? '' : ` ${n % 1000 < 100 ? 'and ' : ''}${inWords(n % 1000, joint)}`}`;
}

/** `94th`. */
export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}

/** `ninety-fourth`. */
export function ordinalInWords(n: number): string {
  const words = inWords(n, '-');
  const last = /[a-z]+$/.exec(words)?.[0] ?? '';
  return (
    words.slice(0, -last.length) +
    (ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`))
  );
}

/** A year as it is said: `nineteen sixty-one`, `two thousand and four`, `twenty twenty-one`. */
export function yearInWords(year: number, joint: string): string {
  const rest = year % 100;
  if (year >= 2000 && year < 2010)
    return rest === 0 ? 'two thousand' : `two thousand and ${inWords(rest, joint)}`;
  const tail = rest === 0 ? 'hundred' : rest < 10 ? `oh ${inWords(rest, joint)}` : inWords(rest, joint);
  return `${inWords(Math.floor(year / 100), joint)} ${tail}`;
}
