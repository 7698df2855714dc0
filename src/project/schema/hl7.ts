import { z } from 'zod';

/** Settings for messages alone: `hl7`. */
export const hl7 = z.strictObject({
  unknownSegments: z
    .enum(['empty', 'remove'])
    .default('empty')
    .describe('Z-segments and segments the version does not know: keep name and separators, or drop them.'),
  routing: z.record(z.string(), z.string()).default({}).meta({
    description:
      'MSH-3 to MSH-6: a fixed alias for each original, so that routing still works; others are emptied.',
    example: '{ MAIN_RIS: RIS, MAIN_PACS: ARCHIVE }',
  }),
});
