import { type Region, type StatedRegion, volumeRules } from './rules.ts';

/** What files say of the part of the body, from the surest to the least sure. */
export interface RegionWords {
  /** Code Values of Anatomic Region Sequence (0008,2218). */
  readonly codes: readonly string[];
  /** Body Part Examined (0018,0015). */
  readonly bodyPart: string;
  /** Descriptions of series, study and procedure, protocol name. */
  readonly descriptions: readonly string[];
}

const STATED: readonly StatedRegion[] = ['head', 'near', 'elsewhere'];

let compiled: Readonly<Record<StatedRegion, RegExp>> | undefined;

/**
 * The region that a file states: by code, else by Body Part Examined, else by the words of its descriptions. Descriptions that
 * name a head and something else besides leave it open whether this series has the head.
 */
export function statedRegion({ codes, bodyPart, descriptions }: RegionWords): Region {
  const rules = volumeRules();
  const byCode = STATED.find((region) => codes.some((code) => rules.codes[region].includes(code)));
  if (byCode !== undefined) return byCode;
  const part = bodyPart.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return STATED.find((region) => rules.bodyParts[region].includes(part)) ?? regionOfWords(descriptions);
}

function regionOfWords(descriptions: readonly string[]): Region {
  compiled ??= compile();
  const text = descriptions
    .join(' ')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ');
  const isElsewhere = compiled.elsewhere.test(text);
  // The head of a bone is no head, nor is the base of the skull at which a scan of the body begins.
  const isHead = compiled.head.test(
    text.replace(/\b(?:FEMORAL|HUMERAL|RADIAL|FIBULAR) HEAD\b|\bSKULL BASE TO\b/g, ' '),
  );
  if (compiled.near.test(text)) return isHead && !isElsewhere ? 'head' : 'near';
  if (isHead) return isElsewhere ? 'near' : 'head';
  return isElsewhere ? 'elsewhere' : 'unstated';
}

function compile(): Readonly<Record<StatedRegion, RegExp>> {
  const { words } = volumeRules();
  return {
    head: new RegExp(words.head),
    near: new RegExp(words.near),
    elsewhere: new RegExp(words.elsewhere),
  };
}

/** The region of a series whose files need not agree: what shows most of a head counts. */
export function regionOfSeries(regions: Iterable<Region>): Region {
  const all = new Set(regions);
  return STATED.find((region) => all.has(region)) ?? 'unstated';
}
