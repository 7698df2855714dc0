import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHl7File } from '../../src/hl7/file.ts';
import { fieldSpans } from '../../src/hl7/message.ts';
import { planEnvelope } from '../../src/mask/hl7/envelope.ts';
import { planMessage } from '../../src/mask/hl7/plan.ts';
import { surveyMessage } from '../../src/mask/hl7/survey.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { spliceToBuffer } from '../../src/splice.ts';
import { knownCleaner } from '../mask/hl7/doubles.ts';

const FOLDER = '../shared/corpora/hl7';
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`SKIPPED: ${FOLDER} is absent; real HL7 messages are not masked in this run`);

const LEAST = 4; // shorter values count in identifier-typed places alone

/** Opaque codes: nothing of an original is in them. */
const numbers = new Map<string, string>();
function codeFor(key: string): string {
  const code =
    numbers.get(key) ?? `QX${String.fromCharCode(...[...String(numbers.size)].map((d) => 65 + Number(d)))}`;
  numbers.set(key, code);
  return code;
}
const codes = {
  patient: ({ id, issuer }: { id: string; issuer: string }) => ({
    code: codeFor(`${id}@${issuer}`),
    dateOffsetDays: 0,
  }),
  uid: (uid: string) => `2.25.${BigInt(`0x${Buffer.from(codeFor(uid)).toString('hex')}`)}`,
  code: (domain: string, value: string) => codeFor(`${domain} ${value}`),
};

describe.skipIf(!isThere)('real messages', () => {
  const paths = isThere
    ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.hl7'))
        .map((path) => join(FOLDER, path))
    : [];
  const project = projectSchema.parse({ version: 1 });
  const files = paths.map((path) => readHl7File(readFileSync(path)));

  test('are all read, without anomalies', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(({ anomalies }) => anomalies.map(({ kind }) => kind))).toEqual([]);
  });

  test('keep no name, number, birth date, telephone or address of a person, and keep their structure', () => {
    const known = files.flatMap((file) => file.parts.flatMap((part) => surveyMessage(part, project).known));
    const cleaner = knownCleaner(known);
    const context = { project, cleaner, now: new Date('2026-01-01T00:00:00Z'), studyTimes: new Map() };
    const leaks: string[] = [];
    for (const [index, file] of files.entries()) {
      const edits = [
        ...planEnvelope(file, context).apply(codes).edits,
        ...file.parts.flatMap((part) => planMessage(part, context).apply(codes).edits),
      ];
      const output = spliceToBuffer(file.bytes, edits);
      const again = readHl7File(output);
      const shape = ({ parts }: typeof file) =>
        parts.map((part) =>
          part.segments.map((segment) => `${segment.name}${fieldSpans(part, segment).length}`).join(' '),
        );
      expect(shape(again)).toEqual(shape(file));
      const text = Buffer.from(output).toString('latin1').toUpperCase();
      for (const part of file.parts) {
        for (const { value, kind } of surveyMessage(part, project).known) {
          const words = kind === 'name' ? value.split('^') : [value];
          for (const word of words) {
            if (word.length >= LEAST && new RegExp(`(?<![A-Z0-9])${literal(word)}(?![A-Z0-9])`).test(text)) {
              leaks.push(`${kind} of file ${index}`);
            }
          }
        }
      }
    }
    expect(leaks).toEqual([]);
  }, 60_000);
});

function literal(word: string): string {
  return word
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
