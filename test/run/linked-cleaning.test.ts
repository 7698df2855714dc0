import { describe, expect, it } from 'vitest';
import type { MaskingContext } from '../../src/mask/masking.ts';
import type { Passage } from '../../src/model/passage.ts';
import { parseProject } from '../../src/project/load.ts';
import { Detection } from '../../src/run/detection.ts';
import { type CleanedPart, LinkedCleaning } from '../../src/run/linked-cleaning.ts';

const detection = new Detection({ project: parseProject('version: 1\n'), now: new Date('2026-01-01') });
detection.freeze();
const context = { cleaner: detection.cleaner() } as MaskingContext;
const links = new LinkedCleaning(context, detection.nameFinders(), (names) => detection.cleaner(names));

const NAMED = 'Discussed with Mrs Oodlewick, who agrees to come.';
const LEFT = 'ct chest oodlewick contrast';

const part = (text: string, edit = context.cleaner.clean(text).text): CleanedPart => ({
  edits: [{ start: 0, end: text.length, bytes: Buffer.from(edit) }],
  texts: (): readonly Passage[] => [
    { text, locus: 'x', place: 'HL7 field', hints: { format: 'hl7', dataType: 'TX' } },
  ],
});

describe('cleaning by the names of a file', () => {
  it('has the parts planned again that have a name left, with a cleaner that takes it out', () => {
    const again = links.again(
      new Map([
        [0, part(LEFT)],
        [1, part(NAMED)],
        [2, part('lungs clear')],
      ]),
    );
    expect([...(again?.parts ?? [])]).toEqual([0]);
    expect(again?.context.cleaner.clean(LEFT).text).toBe('ct chest [NAME] contrast');
    expect(context.cleaner.clean(LEFT).text).toBe(LEFT);
  });

  it('has nothing to do where no name was taken out, or none is left', () => {
    expect(links.again(new Map([[0, part(LEFT)]]))).toBeUndefined();
    expect(
      links.again(
        new Map([
          [0, part(NAMED)],
          [1, part('lungs clear')],
        ]),
      ),
    ).toBeUndefined();
  });

  it('reads no text of a file from which no name was taken out', () => {
    const unread = { edits: [], texts: () => expect.fail('a text was read') };
    expect(links.again(new Map([[0, unread]]))).toBeUndefined();
  });

  it("takes words of the file's own make for nobody", () => {
    const parts = new Map([
      [0, part(LEFT)],
      [1, part(NAMED)],
    ]);
    expect(links.again(parts, ['Oodlewick Imaging'])).toBeUndefined();
  });
});
