import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../../../src/dicom/file.ts';
import { fixedBoxesOf } from '../../../../src/mask/dicom/redact/device-regions.ts';
import { projectSchema } from '../../../../src/project/schema.ts';
import { readRulesYaml } from '../../../../src/rules.ts';
import { memorySource } from '../../../../src/splice.ts';
import { raw, sequence, text } from '../../../dicom/data-set.ts';
import { described } from '../../../dicom/pixels/described.ts';
import { imageFile } from '../../../dicom/pixels/image-file.ts';

const { limits } = projectSchema.parse({ version: 1 });
const policy = (pixels: object) => projectSchema.parse({ version: 1, pixels }).pixels;

function boxes(pixels: object, more: readonly Uint8Array[], rows = 480, columns = 640) {
  const bytes = imageFile(described({ rows, columns, frames: 3 }), new Uint8Array(rows * columns * 3), more);
  return fixedBoxesOf(readDicom(memorySource(bytes), limits), policy(pixels));
}

const device = (modality: string, manufacturer: string, model: string) => [
  text('00080060', 'CS', modality),
  text('00080070', 'LO', manufacturer),
  text('00081090', 'LO', model),
];

describe('fixedBoxesOf', () => {
  it('knows where a device of the table writes, by its size, in every frame', () => {
    expect(boxes({}, device('US', 'Philips Medical Systems', 'iU22'))).toEqual([
      { first: 1, last: 3, box: [0, 0, 640, 47] },
    ]);
    expect(boxes({}, device('US', 'Philips Medical Systems', 'iU22'), 481)).toEqual([]);
    expect(boxes({}, device('US', 'Example', 'Other 1'))).toEqual([]);
  });

  it('leaves them where the project keeps them, or wants no pixel changed', () => {
    const iu22 = device('US', 'Philips', 'iU22');
    expect(boxes({ deviceRegions: 'keep' }, iu22)).toEqual([]);
    expect(boxes({ redact: 'none' }, iu22)).toEqual([]);
  });

  it('takes those of the project, where all that they name fits', () => {
    const regions = [{ modality: 'US', model: 'example', rows: 480, boxes: [[1, 2, 3, 4]] }];
    expect(
      boxes({ regions, redact: 'none' }, device('US', 'Maker', 'EXAMPLE 5')).map(({ box }) => box),
    ).toEqual([[1, 2, 3, 4]]);
    expect(boxes({ regions }, device('MR', 'Maker', 'EXAMPLE 5'))).toEqual([]);
  });

  it('has regions in the table that lie inside their frames', () => {
    const { regions } = readRulesYaml<{ regions: { rows?: number; columns?: number; boxes: number[][] }[] }>(
      'pixel/regions.yaml',
    );
    for (const { rows = 4096, columns = 4096, boxes: inside } of regions)
      for (const [x = 0, y = 0, width = 0, height = 0] of inside) {
        expect(x + width).toBeLessThanOrEqual(columns);
        expect(y + height).toBeLessThanOrEqual(rows);
      }
  });
});

const region = (x0: number, y0: number, x1: number, y1: number) => {
  const long = (tag: string, value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return raw(tag, 'UL', bytes);
  };
  return [long('00186018', x0), long('0018601A', y0), long('0018601C', x1), long('0018601E', y1)];
};

describe('everything outside ultrasound regions', () => {
  const outside = (...regions: Uint8Array[][]) =>
    boxes({ outsideUltrasoundRegions: 'blank' }, [sequence('00186011', regions)], 60, 80).map(
      ({ box }) => box,
    );

  it('covers each pixel outside and none inside, whatever the regions', () => {
    const at = fc.tuple(
      fc.nat(70),
      fc.nat(50),
      fc.integer({ min: 1, max: 79 }),
      fc.integer({ min: 1, max: 59 }),
    );
    fc.assert(
      fc.property(fc.array(at, { minLength: 1, maxLength: 4 }), (places) => {
        const regions = places.map(
          ([x, y, w, h]) => [x, y, Math.min(79, x + w), Math.min(59, y + h)] as const,
        );
        const covered = outside(...regions.map((place) => region(...place)));
        for (let y = 0; y < 60; y++) {
          for (let x = 0; x < 80; x++) {
            const inside = regions.some(([x0, y0, x1, y1]) => x >= x0 && x <= x1 && y >= y0 && y <= y1);
            const black = covered.filter(([l, t, w, h]) => x >= l && x < l + w && y >= t && y < t + h).length;
            if (black !== (inside ? 0 : 1)) throw new Error(`${x},${y}: covered ${black} times`);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is nothing where a region is no part of the picture', () => {
    expect(outside(region(10, 10, 200, 20))).toEqual([]);
    expect(outside(region(10, 10, 10, 20))).toEqual([]);
    expect(outside()).toEqual([]);
  });
});
