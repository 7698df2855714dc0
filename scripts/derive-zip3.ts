// Derives rules/detect/zip3.json from the census populations by ZIP3 (`npx tsx scripts/derive-zip3.ts [FILE]`).
import { readFileSync, writeFileSync } from 'node:fs';

const LEAST_POPULATION = 20_000; // 45 CFR 164.514(b)(2)(i)(B): more than this many people

interface Populations {
  readonly '2010': Record<string, number>;
  readonly '2020': Record<string, number>;
}

const input = process.argv[2] ?? '../shared/reference/zip3-populations.json';
const populations = JSON.parse(readFileSync(input, 'utf8')) as Populations;
const isPopulous = (people: number | undefined) => (people ?? 0) > LEAST_POPULATION;
const allowed = Object.keys(populations['2020'])
  .filter((prefix) => isPopulous(populations['2010'][prefix]) && isPopulous(populations['2020'][prefix]))
  .sort();

writeFileSync(
  'rules/detect/zip3.json',
  `${JSON.stringify(
    {
      source: 'US Census Bureau, population by ZIP code tabulation area, summed by first three digits',
      edition: 'censuses of 2010 and 2020: more than 20,000 people in both',
      allowed,
    },
    null,
    1,
  )}\n`,
);
