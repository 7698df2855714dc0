import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHl7File } from '../../../src/hl7/file.ts';
import { fieldSpans, splitLevel } from '../../../src/hl7/message.ts';
import { planMessage } from '../../../src/mask/hl7/plan.ts';
import type { MaskingContext } from '../../../src/mask/masking.ts';
import { spliceToBuffer } from '../../../src/splice.ts';
import { contextOf, plainCodes } from './doubles.ts';

const DELIMITERS = ['|^~\\&', '#*!@%', '|^~\\&#', '\t;,!/', '|^~', '|^', '%|$?+', '[]{}('];
const NAMES = ['PID', 'PV1', 'OBX', 'NTE', 'NK1', 'GT1', 'ORC', 'OBR', 'ZAB', 'ZDS', 'SPM', 'MRG', 'QPD'];

/** Messages with any delimiters whose values hold delimiters, escapes and bytes of any kind. */
const message = fc
  .record({
    delimiters: fc.constantFrom(...DELIMITERS),
    version: fc.constantFrom('2.1', '2.3', '2.5.1', '2.7', '2.9', '9', ''),
    charset: fc.constantFrom('', 'UNICODE UTF-8', '8859/1', 'GB 18030-2000', 'ISO IR87'),
    segments: fc.array(
      fc.tuple(
        fc.constantFrom(...NAMES),
        fc.array(
          fc.oneof(
            fc.string({ unit: fc.constantFrom(...'Ab7 .\\&~^|#%!"-\x1b$('), maxLength: 14 }),
            fc.constantFrom(
              '19360203',
              '20210317101112+0100',
              'ROE^JOHN',
              '""',
              '\\F\\\\E\\',
              '\xfc\xe9',
              '1.2.840.9',
            ),
          ),
          { minLength: 1, maxLength: 30 },
        ),
      ),
      { maxLength: 6 },
    ),
    ending: fc.constantFrom('\r', '\n', '\r\n'),
  })
  .map(({ delimiters: d, version, charset, segments, ending }) => {
    const field = d.charAt(0);
    const header = `MSH${d}${field.repeat(7)}ADT${d.charAt(1)}A01${field}1${field}P${field}${version}${field.repeat(6)}${charset}`;
    const lines = segments.map(([name, fields]) => [name, ...fields].join(field));
    return [header, ...lines].join(ending);
  });

interface Shape {
  readonly names: readonly string[];
  readonly pieces: readonly (readonly number[])[];
}

function shapeOf(bytes: Uint8Array): Shape[] {
  return readHl7File(bytes).parts.map((part) => ({
    names: part.segments.map(({ name }) => name),
    pieces: part.segments.map((segment) => {
      const spans = fieldSpans(part, segment);
      return spans
        .filter((_, at) => at % 2 === 0)
        .map((start, field) =>
          field < 3 ? 0 : splitLevel(part, start, spans[2 * field + 1] ?? 0, 'repetition').length,
        );
    }),
  }));
}

describe('whatever a message holds', () => {
  const project = { rules: { hl7: [{ at: 'PID-8', action: { do: 'replace', with: 'x|^~\\&#*!\r\n' } }] } };
  const context = contextOf(project, ['John', 'A']);

  test('masking keeps its segments, fields and repetitions', () => {
    fc.assert(
      fc.property(message, (text) => {
        const bytes = Buffer.from(text, 'latin1');
        const file = readHl7File(bytes);
        const edits = file.parts.flatMap((part) => planMessage(part, context).apply(plainCodes).edits);
        expect(shapeOf(spliceToBuffer(bytes, edits))).toEqual(shapeOf(bytes));
      }),
      { numRuns: 300 },
    );
  });

  test('edits lie inside fields: they never touch a separator, a segment name or a line end', () => {
    fc.assert(
      fc.property(message, (text) => {
        const file = readHl7File(Buffer.from(text, 'latin1'));
        for (const part of file.parts) {
          const fields = part.segments.flatMap((segment) => {
            const spans = fieldSpans(part, segment);
            return spans
              .filter((_, at) => at % 2 === 0)
              .map((start, at) => [start, spans[2 * at + 1] ?? 0] as const);
          });
          for (const { start, end } of planMessage(part, context).apply(plainCodes).edits) {
            expect(fields.some(([from, to]) => from <= start && end <= to)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('planning twice gives the same needs and the same result', () => {
    fc.assert(
      fc.property(message, (text) => {
        const bytes = Buffer.from(text, 'latin1');
        for (const part of readHl7File(bytes).parts) {
          const [first, second] = [planMessage(part, context), planMessage(part, context)];
          expect(first.needs).toEqual(second.needs);
          const [one, two] = [first.apply(plainCodes), second.apply(plainCodes)];
          // A remembered field is one edit where a new one may be several.
          expect(spliceToBuffer(bytes, one.edits)).toEqual(spliceToBuffer(bytes, two.edits));
          // What a remembered field did is counted, in no order.
          const counted = (actions: readonly object[]) =>
            actions.map((action) => JSON.stringify(action)).sort();
          expect(counted(one.actions)).toEqual(counted(two.actions));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what was seen before is masked as if it were new', () => {
    // Few values and few names, so that fields, segments and rows of results come again in other company.
    const value = fc.constantFrom(
      '',
      'A',
      '7',
      '4711',
      'John',
      'ROE^JOHN',
      '20210317',
      '1.2.840.9.77',
      '4^^^H&1.2&ISO^MR',
      '\\X4A\\',
      '\xfc',
      '91',
      'TX',
      'NM',
      'ab~cd',
      '1234567890',
      '""',
    );
    const segment = fc
      .tuple(fc.constantFrom(...NAMES), fc.array(value, { minLength: 1, maxLength: 17 }))
      .map(([name, fields]) => [name, ...fields].join('|'));
    const text = fc
      .tuple(
        fc.constantFrom('2.3', '2.5.1', '2.9'),
        fc.constantFrom('', '8859/1', 'GB 18030-2000'),
        fc.array(segment, { maxLength: 9 }),
      )
      .map(([version, charset, segments]) =>
        [`MSH|^~\\&|A||||||ADT^A01|7|P|${version}||||||${charset}`, ...segments, ...segments].join('\r'),
      );
    const rules = [
      { at: 'PID-8', action: { do: 'replace', with: 'x|^' } },
      { at: 'PV1-3', action: { do: 'replace', with: 'P-{patient}' } },
      { at: 'OBX-5', action: { do: 'remove' }, when: { at: 'PID-1', present: true } },
    ];
    const projects = [{}, { rules: { hl7: rules } }, { dates: 'shift', link: 'cut' }];
    const seen = projects.map((one) => contextOf(one, ['John']));
    fc.assert(
      fc.property(text, fc.nat(projects.length - 1), (one, which) => {
        const bytes = Buffer.from(one, 'latin1');
        const maskedIn = (context: MaskingContext) =>
          readHl7File(bytes).parts.map((part) => {
            const plan = planMessage(part, context);
            const { edits, actions } = plan.apply(plainCodes);
            return {
              text: Buffer.from(spliceToBuffer(bytes, edits)).toString('latin1'),
              needs: plan.needs,
              actions: actions.map(({ attribute, action }) => `${attribute} ${action}`).sort(),
            };
          });
        const asNew = maskedIn(contextOf(projects[which], ['John']));
        const context = seen[which] ?? contextOf();
        // The first time it may be new, the second it is kept, the third it is looked up.
        for (let time = 0; time < 3; time++) expect(maskedIn(context)).toEqual(asNew);
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});
