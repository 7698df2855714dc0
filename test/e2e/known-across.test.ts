import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { text } from '../dicom/data-set.ts';
import { described } from '../dicom/pixels/described.ts';
import { imageFile } from '../dicom/pixels/image-file.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';
import { isBuilt, manifestOf, parseFindings, phiGate, scratch } from './cli.ts';

const folder = scratch('known-across');
afterAll(() => folder.remove());

const MESSAGE =
  'MSH|^~\\&|A|B|C|D|20240102101500||ADT^A01|1|P|2.5.1\rPID|1||7750912^^^H^MR||Thelmerton^Ysolde||19610503|F\r';

/** An image of somebody else with one word in its pixels, which is a name to who knows that it is. */
function image(word: string): Buffer {
  const drawn = blank(400, 80);
  drawText(drawn, word, 20, 26, 4);
  const description = described({ rows: 80, columns: 400 });
  return imageFile(description, drawn.data, [
    text('00100010', 'PN', 'Vandersloot^Griselda'),
    text('00100020', 'LO', '5'),
  ]);
}

it.skipIf(!isBuilt)(
  'looks in the pixels of every image for a name that a message alone has',
  { timeout: 120_000 },
  async () => {
    const [input, out, work] = ['in', 'out', 'work'].map((name) => folder.path(name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(input, { recursive: true });
    writeFileSync(join(input, 'a.dcm'), image('THELMERTON'));
    writeFileSync(join(input, 'b.hl7'), MESSAGE);
    const project = folder.path('project.yaml');
    writeFileSync(project, 'version: 1\ntemplate: safe-harbor\npixels: { redact: none }\n');
    await phiGate(['run', input, '--out', out, '--work', work, '--project', project]);
    const lines = await manifestOf(work);
    const picture = lines.find(({ source }) => source === 'a.dcm');
    expect(picture?.status).toBe('quarantined');
    const findings = parseFindings(readFileSync(join(out, 'report/findings.jsonl'), 'utf8'));
    const known = findings.filter(({ detector }) => detector === 'known');
    expect(known).toEqual([
      expect.objectContaining({ category: 'A', frame: 1, box: expect.any(Array), rule: 'known.name' }),
    ]);
    expect(known[0]?.sourceId).toBe(picture?.sourceId);
  },
);
