import { z } from 'zod';

/** A test on the value of another element or field of the same source. */
export const condition = z.strictObject({
  at: z
    .string()
    .describe('Keyword, tag, private creator and element, or path (DICOM); `PID-8`, `OBX-3.1` (HL7).'),
  equals: z.string().optional(),
  in: z.array(z.string()).optional(),
  matches: z.string().optional().describe('A regular expression, run in linear time (RE2 syntax).'),
  present: z.boolean().optional(),
});
