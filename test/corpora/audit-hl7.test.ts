import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hl7Disagreements } from '../../src/audit/hl7/agreement.ts';
import { hl7Passages } from '../../src/audit/hl7/passages.ts';
import { readHl7Second } from '../../src/audit/hl7/second-reader.ts';
import { knownOfHl7Original } from '../../src/audit/known-from-original.ts';
import { readHl7File } from '../../src/hl7/file.ts';

const corpus = resolve('../shared/corpora/hl7/fhir-converter');
const isThere = existsSync(corpus);
if (!isThere)
  console.warn('SKIPPED: ../shared/corpora is not there; the second HL7 reader was not run on real messages');

describe.skipIf(!isThere)('the second HL7 reader over real messages', () => {
  const files = isThere
    ? readdirSync(corpus).map((name) => ({ name, bytes: readFileSync(join(corpus, name)) }))
    : [];

  it('agrees with the tokenizer on every one', () => {
    expect(files.length).toBeGreaterThan(130);
    const differ = files.flatMap(({ name, bytes }) => {
      const found = hl7Disagreements(readHl7File(bytes).parts, readHl7Second(bytes));
      return found.length === 0 ? [] : [{ name, found: found.slice(0, 3) }];
    });
    expect(differ).toEqual([]);
  });

  it('agrees after the delimiters and the line ends were changed', () => {
    const differ = files.flatMap(({ name, bytes }) => {
      const text = bytes.toString('utf8').replace(/\r\n|\n/g, '\r');
      const other = Buffer.from(
        text.replace(/[|^~&]/g, (mark) => ({ '|': '*', '^': '|', '~': '&', '&': '~' })[mark] ?? mark),
      );
      const found = hl7Disagreements(readHl7File(other).parts, readHl7Second(other));
      return found.length === 0 ? [] : [{ name, found: found.slice(0, 3) }];
    });
    expect(differ).toEqual([]);
  });

  it('gives every patient name as a typed passage and as a known identifier', () => {
    for (const { name, bytes } of files) {
      const reading = readHl7Second(bytes);
      const family = hl7Passages(reading)
        .flatMap(({ passages }) => passages)
        .find(({ locus }) => /^(message\[\d+\] )?PID(\[1\])?-5(\[1\])?(\.1)?(\.1)?$/.test(locus));
      if (family === undefined) continue;
      expect(family.hints.typed, name).toBe('A');
      const known = knownOfHl7Original(reading).filter(({ kind }) => kind === 'name');
      expect(
        known.some(({ value }) => value.startsWith(family.text.trim())),
        name,
      ).toBe(true);
    }
  });
});
