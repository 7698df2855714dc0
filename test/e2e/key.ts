import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Planted, SampleKey } from '../../fixtures/key.ts';
import { filesUnder, ROOT } from './cli.ts';

/** The answer key of the sample set. */
export const KEY = JSON.parse(readFileSync(join(ROOT, 'fixtures/sample.key.json'), 'utf8')) as SampleKey;

interface Needle {
  /** Lower-case Latin-1 reading of the bytes to look for. */
  readonly bytes: string;
  /** Digits count only where no letter or digit stands before them (and, dates apart, after them). */
  readonly bounded: 'no' | 'before' | 'both';
  readonly name: string;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').toLowerCase();

/** What must stand nowhere in a release, in every encoding it could stand in. A needle's name tells the place, not the value. */
export function needles(key: SampleKey = KEY): Needle[] {
  const found = new Map<string, Needle>();
  for (const file of key.files)
    for (const planted of file.planted)
      for (const needle of needlesOf(planted, `${file.file} ${planted.locus} ${planted.category}`))
        if (!found.has(needle.bytes)) found.set(needle.bytes, needle);
  return [...found.values()];
}

function needlesOf(planted: Planted, name: string): Needle[] {
  const bounded = (value: string) =>
    !/^[\d-]+$/.test(value) ? 'no' : planted.category === 'C' ? 'before' : 'both';
  const plain = planted.gone.flatMap((value) => {
    const forms = [
      Buffer.from(value, 'utf8'),
      Buffer.from(value, 'utf16le'),
      Buffer.from(value, 'utf16le').swap16(),
    ];
    if (/^[\0-\xff]*$/.test(value)) forms.push(Buffer.from(value, 'latin1'));
    return forms.map((form) => ({ bytes: latin1(form), bounded: bounded(value), name }) as const);
  });
  const foreign = (planted.goneBytes ?? []).map(
    (hex) => ({ bytes: latin1(Buffer.from(hex, 'hex')), bounded: 'no', name }) as const,
  );
  return [...plain, ...foreign];
}

/** Names of the needles that stand in `bytes`. Issued UIDs are long random numbers and left out of the search. */
export function needlesIn(bytes: Uint8Array, all: readonly Needle[]): string[] {
  const text = latin1(bytes).replace(/2\.25\.\d{15,39}/g, ' ');
  return all.filter((needle) => stands(text, needle)).map((needle) => needle.name);
}

function stands(text: string, needle: Needle): boolean {
  for (let at = text.indexOf(needle.bytes); at >= 0; at = text.indexOf(needle.bytes, at + 1)) {
    if (needle.bounded === 'no') return true;
    const free = (character: string | undefined) => character === undefined || !/[a-z0-9]/.test(character);
    const before = free(text[at - 1]);
    const after = needle.bounded === 'before' || free(text[at + needle.bytes.length]);
    if (before && after) return true;
  }
  return false;
}

/** Every place under a folder where something planted still stands: in bytes, inflated bytes and names of files. */
export function leaksUnder(folder: string, all = needles()): string[] {
  return filesUnder(folder).flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    const readings = [Buffer.from(file), bytes, ...inflated(bytes)];
    return [...new Set(readings.flatMap((reading) => needlesIn(reading, all)))].map(
      (name) => `${name} stands in ${file}`,
    );
  });
}

/** The data set of a deflated DICOM file. */
export function inflated(bytes: Buffer): Buffer[] {
  if (bytes.subarray(128, 132).toString('latin1') !== 'DICM') return [];
  const start = 144 + bytes.readUInt32LE(140);
  if (!bytes.subarray(0, start).includes('1.2.840.10008.1.2.1.99')) return [];
  return [inflateRawSync(bytes.subarray(start))];
}
