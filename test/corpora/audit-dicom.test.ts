import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { disagreements } from '../../src/audit/dicom/agreement.ts';
import { dicomPassages } from '../../src/audit/dicom/passages.ts';
import { readSecond } from '../../src/audit/dicom/second-reader.ts';
import { pixelChanges } from '../../src/audit/integrity.ts';
import { knownOfDicomOriginal } from '../../src/audit/known-from-original.ts';
import type { DicomFile } from '../../src/dicom/element.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { PhiGateError } from '../../src/errors.ts';
import { memorySource } from '../../src/splice.ts';

const corpora = ['dicom', 'pixel'].map((name) => resolve(`../shared/corpora/${name}`));
const isThere = corpora.every(existsSync);
if (!isThere)
  console.warn('SKIPPED: ../shared/corpora is not there; the second DICOM reader was not run on real files');

const LIMITS = { depth: 64, inflatedBytes: 512 << 20, headerBytes: 64 << 20 };

interface Readable {
  readonly name: string;
  readonly bytes: Buffer;
  readonly file: DicomFile;
}

function readable(): Readable[] {
  const paths = corpora.flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return paths.flatMap((path) => {
    const bytes = readFileSync(path);
    try {
      return [
        { name: path.slice(path.lastIndexOf('/') + 1), bytes, file: readDicom(memorySource(bytes), LIMITS) },
      ];
    } catch (error) {
      if (error instanceof PhiGateError) return [];
      throw error;
    }
  });
}

describe.skipIf(!isThere)('the second DICOM reader over real files', () => {
  const files = isThere ? readable() : [];

  it('agrees with the tokenizer on every file that can be read', () => {
    expect(files.length).toBeGreaterThan(240);
    const differ = files.flatMap(({ name, bytes, file }) => {
      const found = disagreements(file, readSecond(memorySource(bytes), file, LIMITS));
      return found.length === 0 ? [] : [{ name, found: found.slice(0, 3) }];
    });
    expect(differ).toEqual([]);
  });

  it('sees the same through the shadow copy that leaves bulk values out', () => {
    // Past 4 MiB bulk values are left out: padding after the data set makes a file large without changing what is in it.
    const padding = Buffer.alloc(4 << 20);
    const differ = files
      .filter(({ file }) => file.inflated === undefined && file.trailingLength === 0)
      .filter((_, index) => index % 5 === 0)
      .flatMap(({ name, bytes }) => {
        const large = Buffer.concat([bytes, padding]);
        const file = { ...readDicom(memorySource(bytes), LIMITS), body: memorySource(large) };
        const found = disagreements(file, readSecond(memorySource(large), file, LIMITS));
        return found.length === 0 ? [] : [{ name, found: found.slice(0, 3) }];
      });
    expect(differ).toEqual([]);
  });

  it('gives the patient name of every file that has one, as passage and as known identifier', () => {
    for (const { name, bytes, file } of files) {
      const source = memorySource(bytes);
      const reading = readSecond(source, file, LIMITS);
      const { passages } = dicomPassages(reading, source, file);
      const patient = passages.find(({ locus }) => locus === '(0010,0010)');
      if (patient === undefined) continue;
      expect(patient.hints.typed, name).toBe('A');
      const known = knownOfDicomOriginal(reading).map(({ value }) => value);
      if (/\w/.test(patient.text)) expect(known, name).toContain(patient.text.split('\\')[0]?.trim());
    }
  });

  it('finds the pixels of every file unchanged against themselves', () => {
    for (const { name, file } of files) expect(pixelChanges(file, file), name).toEqual([]);
  });

  it('neither crashes nor hangs on damaged files', () => {
    let next = 12345;
    const random = (below: number): number => {
      next = (next * 1103515245 + 12345) & 0x7fffffff;
      return next % below;
    };
    for (const { bytes } of files.filter(({ bytes: { length } }) => length < 20_000)) {
      for (let round = 0; round < 20; round += 1) {
        const damaged = Buffer.from(bytes.subarray(0, round % 2 === 0 ? bytes.length : random(bytes.length)));
        for (let flips = 0; flips < 4 && damaged.length > 0; flips += 1)
          damaged[random(damaged.length)] = random(256);
        const source = memorySource(damaged);
        let file: DicomFile | undefined;
        try {
          file = readDicom(source, LIMITS);
        } catch (error) {
          expect(error).toBeInstanceOf(PhiGateError);
        }
        const reading = readSecond(source, file, LIMITS);
        dicomPassages(reading, source, file);
        if (file !== undefined) disagreements(file, reading);
      }
    }
  });
});
