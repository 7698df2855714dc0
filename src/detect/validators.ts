import { readRulesJson } from '../rules.ts';
import { isListedName, isNameWithDegree, isNoTerm, mayBeName } from './names/evidence.ts';

/** Whether a value passes its kind's arithmetic. A pass adds weight; a failure takes none away. */
export type Validator = (value: string) => boolean;

const digitsOf = (value: string): string => value.replace(/\D/g, '');

/** Luhn's check digit (ISO/IEC 7812-1 annex B): payment cards, IMEI. */
export function luhn(value: string): boolean {
  const digits = digitsOf(value);
  if (digits.length < 8 || /^(\d)\1*$/.test(digits)) return false;
  return luhnSum(digits) % 10 === 0;
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** National Provider Identifier: Luhn over 80840 and the ten digits (45 CFR 162.406). */
export function npi(value: string): boolean {
  const digits = digitsOf(value);
  return /^[12]\d{9}$/.test(digits) && luhnSum(`80840${digits}`) % 10 === 0;
}

/** DEA registration number: two letters, six digits and their check digit (21 CFR 1301). */
export function dea(value: string): boolean {
  const digits = digitsOf(value);
  if (digits.length !== 7) return false;
  const at = (i: number): number => Number(digits[i]);
  return (at(0) + at(2) + at(4) + 2 * (at(1) + at(3) + at(5))) % 10 === at(6);
}

/** Vehicle identification number: check digit in position 9 (49 CFR 565.15). */
export function vin(value: string): boolean {
  const upper = value.toUpperCase();
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(upper)) return false;
  const values: Record<string, number> = {};
  for (const [i, letter] of [...'ABCDEFGH'].entries()) values[letter] = i + 1;
  for (const [i, letter] of [...'JKLMN'].entries()) values[letter] = i + 1;
  Object.assign(values, { P: 7, R: 9 });
  for (const [i, letter] of [...'STUVWXYZ'].entries()) values[letter] = i + 2;
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, i) => {
    const char = upper[i] ?? '0';
    return total + weight * (values[char] ?? Number(char));
  }, 0);
  return upper[8] === (sum % 11 === 10 ? 'X' : String(sum % 11));
}

/** Social security number with an area, group and serial that can be issued (SSA, randomised since 2011). */
export function ssnAreas(value: string): boolean {
  const digits = digitsOf(value);
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
}

/** North American number: area code and exchange begin with 2 to 9 (ATIS-0300051). */
export function nanp(value: string): boolean {
  return /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digitsOf(value));
}

let ibanLengths: Readonly<Record<string, number>> | undefined;

/** International bank account number: the length of its country, and remainder 1 modulo 97 (ISO 13616). */
export function iban(value: string): boolean {
  const compact = value.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  ibanLengths ??= readRulesJson<{ lengths: Record<string, number> }>('detect/iban-lengths.json').lengths;
  if (ibanLengths[compact.slice(0, 2)] !== compact.length) return false;
  let remainder = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const number = Number.parseInt(char, 36);
    remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97;
  }
  return remainder === 1;
}

/** Dotted IPv4 address of a private or link-local network (RFC 1918, RFC 3927), which no version number is likely to be. */
export function privateIp(value: string): boolean {
  return /^(?:192\.168|10\.\d+|172\.(?:1[6-9]|2\d|3[01])|169\.254)\.\d+\.\d+$/.test(value);
}

/** GTIN check digit of a UDI device identifier (GS1 General Specifications 7.9). */
export function gtin(value: string): boolean {
  const digits = digitsOf(value).slice(-14);
  if (digits.length !== 14) return false;
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10 === Number(digits[13]);
}

let zip3Areas: Set<string> | undefined;

/** ZIP code of an area that the census knows. */
export function zip3(value: string): boolean {
  zip3Areas ??= new Set(readRulesJson<{ allowed: string[] }>('detect/zip3.json').allowed);
  return zip3Areas.has(digitsOf(value).slice(0, 3));
}

/** A day that the calendar has, month or day first. */
export function calendarDate(value: string): boolean {
  const [a = 0, b = 0] = (value.match(/\d+/g) ?? []).map(Number);
  return (a >= 1 && a <= 12 && b >= 1 && b <= 31) || (b >= 1 && b <= 12 && a >= 1 && a <= 31);
}

/** Medicare beneficiary identifier (CMS, 2018): eleven characters, classes by position. */
export function mbi(value: string): boolean {
  return /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d{2}$/.test(
    value.replace(/-/g, '').toUpperCase(),
  );
}

/** Validators that rules name. */
export const VALIDATORS: Readonly<Record<string, Validator>> = {
  luhn,
  npi,
  dea,
  vin,
  'ssn-areas': ssnAreas,
  nanp,
  iban,
  'private-ip': privateIp,
  gtin,
  zip3,
  'calendar-date': calendarDate,
  mbi,
  'listed-name': isListedName,
  'may-be-name': mayBeName,
  'no-term': isNoTerm,
  'name-with-degree': isNameWithDegree,
};
