const TIME = /^(\d{2})(?::?(\d{2})(?::?(\d{2})(\.\d+)?)?)?$/;
const DAY = 86_400;

/**
 * Seconds since midnight of a time of day: DICOM TM (PS3.5 6.2) or the time of an HL7 TM or DTM, without zone.
 * `undefined` where it is none.
 */
export function secondsOfDay(text: string): number | undefined {
  const match = TIME.exec(text.replace(/[\s\0]+$/, ''));
  if (match === null) return undefined;
  const [, hours, minutes = '0', seconds = '0', fraction = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(fraction);
}

/**
 * A time of day counted from `baseSeconds` (the earliest of the study), so that all differences stay, the one of PET
 * injection and acquisition among them. Past midnight it wraps. Precision, fraction included, stays as it is; `''`
 * where the text is no time.
 */
export function relativeTime(text: string, baseSeconds: number): string {
  const seconds = secondsOfDay(text);
  const match = TIME.exec(text.replace(/[\s\0]+$/, ''));
  if (seconds === undefined || match === null) return '';
  // Whole seconds are moved and the digits of the fraction stay, so that no rounding creeps in.
  const moved = (((Math.floor(seconds) - Math.floor(baseSeconds)) % DAY) + DAY) % DAY;
  const hours = two(Math.floor(moved / 3600));
  const minutes = match[2] === undefined ? '' : two(Math.floor(moved / 60) % 60);
  return hours + minutes + (match[3] === undefined ? '' : two(moved % 60)) + (match[4] ?? '');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
