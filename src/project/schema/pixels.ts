import { z } from 'zod';

const coordinate = z.int().nonnegative();
const region = z.strictObject({
  modality: z.string().optional(),
  manufacturer: z.string().optional(),
  model: z.string().optional(),
  rows: z.int().positive().optional(),
  columns: z.int().positive().optional(),
  boxes: z.array(z.tuple([coordinate, coordinate, z.int().positive(), z.int().positive()])).min(1),
});

/** Text burned into pictures: `pixels`. */
export const pixels = z.strictObject({
  redact: z
    .enum(['none', 'identified', 'unsafe', 'all'])
    .default('unsafe')
    .describe(
      'none: files with text wait for review. identified: lines with identifiers are blacked out. unsafe: all text but ' +
        'measurements, sides and technique. all: all text. What was seen is audited again afterwards.',
    ),
  deviceRegions: z
    .enum(['keep', 'blank'])
    .default('blank')
    .describe('Where known devices write names (rules/pixel/regions.yaml). Nothing with redact: none.'),
  outsideUltrasoundRegions: z
    .enum(['keep', 'blank'])
    .default('keep')
    .describe('blank: all of an ultrasound picture but its calibrated regions (0018,6011).'),
  regions: z.array(region).default([]).meta({
    description:
      'Boxes of your own devices, x, y, width, height; modality, manufacturer, model, rows and columns must fit.',
    example: '- { modality: US, model: Example 5, rows: 768, boxes: [[0, 0, 1024, 60]] }',
  }),
});
