/** Zero of the decimal digits that people write numbers with: Arabic, Persian, Indian scripts, Thai, full width. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10,
];

/** A text with decimal digits and full-width signs as ASCII has them: as many UTF-16 units, each in its place. */
export const withAsciiDigits = (text: string): string =>
  /^[\x00-\x7f]*$/.test(text)
    ? text
    : text.replace(/[\u0660-\u1819\uff01-\uff5e]/g, (sign) => {
        const code = sign.charCodeAt(0);
        if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
        const zero = ZEROS.find((first) => code >= first && code < first + 10);
        return zero === undefined ? sign : String(code - zero);
      });

const CONFUSED: Readonly<Record<string, string>> = {
  o: '0',
  O: '0',
  l: '1',
  I: '1',
  i: '1',
  '|': '1',
  S: '5',
  s: '5',
  B: '8',
};

/** A date's worth of signs, parted or not, and a number's in a date of words. */
const DATE_LIKE =
  /(?<![\p{L}\p{N}])(?:[\dOolIiSsB|]{1,4}([-/. ])[\dOolIiSsB|]{1,2}\1[\dOolIiSsB|]{2,4}|(?=[OolIiSsB|]{0,6}\d)[\dOolIiSsB|]{2,8})(?![\p{L}\p{N}])/gu;

/** A text with the letters that OCR reads for digits put right in numbers: as long, each sign in its place. */
export const withReadDigits = (text: string): string =>
  text.replace(DATE_LIKE, (number) =>
    /\d/.test(number) && /[OolIiSsB|]/.test(number)
      ? number.replace(/[OolIiSsB|]/g, (sign) => CONFUSED[sign] ?? sign)
      : number,
  );
