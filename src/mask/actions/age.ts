import { unitsOfYear } from '../../model/units-of-year.ts';
import type { Project } from '../../project/schema.ts';

export type AgeRule = Project['ages'];

const OLDEST = 89;
const CAP = 90;
const BAND = 10;

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
  return Number(match[1]) / unitsOfYear(match[2] ?? 'y');
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
  const perYear = unitsOfYear(match[2] || unit);
  const years = Number(match[1]) / perYear;
  if (Math.floor(years) > OLDEST) return String(Math.round(CAP * perYear));
  if (rule === 'band') return String(Math.round(Math.floor(years / BAND) * BAND * perYear));
  return text;
}

function digits(years: number): string {
  return String(years).padStart(3, '0');
}
