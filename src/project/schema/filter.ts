import { z } from 'zod';
import { condition } from './condition.ts';
import { date } from './date.ts';

/** What takes part: `filters`. */
export const filter = z.strictObject({
  modality: z.array(z.string()).optional().meta({
    description: 'Only these modalities (0008,0060).',
    example: '[CT, MR]',
  }),
  sopClass: z.array(z.string()).optional().meta({
    description: 'Only these SOP Class UIDs (0008,0016).',
    example: "['1.2.840.10008.5.1.4.1.1.2']",
  }),
  messageType: z.array(z.string()).optional().meta({
    description: 'Only these HL7 message types (MSH-9), with or without the trigger event.',
    example: '[ORU, ADT^A08]',
  }),
  from: date.optional().meta({
    description: 'Study date (DICOM) or message date (HL7) from this day on, the day included.',
    example: "'2019-01-01'",
  }),
  to: date.optional().meta({ description: 'To this day, the day included.', example: "'2023-12-31'" }),
  where: z.array(condition).optional().meta({
    description: 'Tests on any element or field; all must hold: equals, in, matches (RE2), present.',
    example: '- { at: BodyPartExamined, in: [CHEST, ABDOMEN] }',
  }),
  cohort: z.string().optional().meta({
    description: 'A CSV beside this file, first column patient id, second its issuer: only these patients.',
    example: 'cohort.csv',
  }),
  optOut: z.string().optional().meta({
    description: 'The same form: these patients are left out.',
    example: 'opt-out.csv',
  }),
});
