import type { Random } from '../../random.ts';

/** Writes a value from a picture: `9` any digit, `8` one from 1 on, `7` from 2 on, `A` a capital, `a` a small letter, `X` a capital or digit; `\` before a character keeps it. */
export function written(random: Random, picture: string): string {
  let value = '';
  for (let i = 0; i < picture.length; i++) {
    const char = picture[i] ?? '';
    if (char === '\\') value += picture[++i] ?? '';
    else value += CLASSES[char] ? random.pick([...CLASSES[char]]) : char;
  }
  return value;
}

const CLASSES: Readonly<Record<string, string>> = {
  '9': '0123456789',
  '8': '123456789',
  '7': '23456789',
  A: 'ABCDEFGHJKLMNPRSTUVWXYZ',
  a: 'abcdefghijklmnoprstuvwyz',
  X: 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789',
};

/** A maker of values that takes one of these pictures each time. */
export const oneOf =
  (...pictures: readonly string[]) =>
  (random: Random): string =>
    written(random, random.pick(pictures));

/** `digits` with the last one set so that Luhn's sum holds. */
export function withLuhn(digits: string): string {
  const body = digits.slice(0, -1);
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return body + ((10 - (sum % 10)) % 10);
}

/** Weighted sum of the digits, one weight a digit. */
export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0);

/** Digits put into groups of these lengths. */
export function grouped(digits: string, lengths: readonly number[], separator: string): string {
  const groups: string[] = [];
  let at = 0;
  for (const length of lengths) {
    groups.push(digits.slice(at, at + length));
    at += length;
  }
  return groups.join(separator);
}
