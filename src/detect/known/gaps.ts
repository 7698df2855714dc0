/** Between the words of a name or an address: separators of any format, or a line wrap. */
const WORD_GAP = /^(?:[\s\-._'^,=&+/()@:;#"~|*<>]{0,3}|[\s,;]{1,16})$/;
/** Between the parts of a number; a long one may be wrapped. */
const CODE_GAP = /^[-./ ()_]{0,2}$/;
const LONG_CODE_GAP = /^(?:[-./ ()_#]{0,3}|-? ?\r?\n[ \t]{0,12})$/;

/** Signs of other widths and scripts as ASCII has them. */
export const plainGap = (gap: string): string =>
  /^[\x00-\x7f]*$/.test(gap)
    ? gap
    : gap
        .normalize('NFKC')
        .replace(/[\u2010-\u2015\u2212]/g, '-')
        .replace(/[\u2018\u2019\u02bc]/g, "'")
        .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '');

/** Whether words may stand so far apart and still make one name. */
export const isWordGap = (gap: string): boolean =>
  gap === ' ' || (gap.length <= 24 && WORD_GAP.test(plainGap(gap)));

/** Whether digits may stand so far apart and still make one number. `long`: of seven characters or more. */
export const isCodeGap = (gap: string, long: boolean): boolean =>
  gap.length <= 24 && (long ? LONG_CODE_GAP : CODE_GAP).test(plainGap(gap));
