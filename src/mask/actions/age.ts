import type { Project } from '../../project/schema.ts';

export type AgeRule = Project['ages'];

const OLDEST = 89;
const CAP = 90;
const BAND = 10;

/** How many of a unit make a year; the letters are DICOM's (PS3.5 6.2 AS) and those of UCUM. */
const UNITS_OF_YEAR: Readonly<Record<string, number>> = {
  y: 1,
  a: 1,
  yr: 1,
  yrs: 1,
  year: 1,
  years: 1,
  m: 12,
  mo: 12,
  mon: 12,
  mos: 12,
  mth: 12,
  month: 12,
  months: 12,
  w: 52.1775,
  wk: 52.1775,
  wks: 52.1775,
  week: 52.1775,
  weeks: 52.1775,
  d: 365.25,
  day: 365.25,
  days: 365.25,
  h: 8766,
  hr: 8766,
  hrs: 8766,
  hour: 8766,
  hours: 8766,
  min: 525_960,
};

/**
 * A DICOM AS (`095Y`) by the project's age rule: `090Y` for every age over 89 in whatever unit, the lower end of a band
 * of ten years for `band`, `''` for `remove` and for text that is no age. `keep` keeps.
 */
export function maskAgeString(text: string, rule: AgeRule): string {
  if (rule === 'keep') return text;
  const years = yearsOf(text);
  if (rule === 'remove' || years === undefined) return '';
  if (Math.floor(years) > OLDEST) return `${digits(CAP)}Y`;
  if (rule === 'band') return `${digits(Math.floor(years / BAND) * BAND)}Y`;
  return text;
}

/** Whether an AS shows an age over 89. */
export function isAgeOver89(text: string): boolean {
  return Math.floor(yearsOf(text) ?? 0) > OLDEST;
}

/** The years of an AS; undefined for text that is no age. */
function yearsOf(text: string): number | undefined {
  const match = /^\s*(\d{1,4})\s*([DWMY])?[\s\0]*$/i.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) / (UNITS_OF_YEAR[(match[2] ?? 'y').toLowerCase()] ?? 1);
}

/**
 * An age given as a number with its unit apart (HL7 OBX-5 and OBX-6; UCUM `a`, `mo`, `wk`, `d`): over 89 years it is 90
 * years in that unit, `90` for years. A comparator or a unit inside the text goes when it is capped. An unknown unit
 * counts as years. `''` where no number is found, and for `remove`.
 */
export function maskAgeNumber(text: string, unit: string, rule: AgeRule): string {
  if (rule === 'keep') return text;
  const match = /^\s*[<>]?=?\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)/.exec(text);
  if (rule === 'remove' || match === null) return '';
  const perYear = UNITS_OF_YEAR[(match[2] || unit).trim().toLowerCase()] ?? 1;
  const years = Number(match[1]) / perYear;
  if (Math.floor(years) > OLDEST) return String(Math.round(CAP * perYear));
  if (rule === 'band') return String(Math.round(Math.floor(years / BAND) * BAND * perYear));
  return text;
}

function digits(years: number): string {
  return String(years).padStart(3, '0');
}
