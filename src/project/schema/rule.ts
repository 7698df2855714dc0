import { z } from 'zod';
import { CODE_DOMAINS } from '../../crosswalk/codes.ts';
import { condition } from './condition.ts';
import { date } from './date.ts';

const action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('keep') }),
  z.strictObject({ do: z.literal('remove') }),
  z.strictObject({ do: z.literal('empty') }),
  z.strictObject({ do: z.literal('replace'), with: z.string() }),
  z.strictObject({
    do: z.literal('random'),
    kind: z.enum(['name', 'number', 'date', 'uid', 'text']),
    from: date.optional(),
    to: date.optional(),
  }),
  z.strictObject({ do: z.literal('dummy') }),
  z.strictObject({ do: z.literal('pseudonym'), domain: z.enum(['patient', ...CODE_DOMAINS]) }),
  z.strictObject({ do: z.literal('uid') }),
  z.strictObject({ do: z.literal('date') }),
  z.strictObject({ do: z.literal('birth-date') }),
  z.strictObject({ do: z.literal('time') }),
  z.strictObject({ do: z.literal('shift-date') }),
  z.strictObject({ do: z.literal('year') }),
  z.strictObject({ do: z.literal('zip3') }),
  z.strictObject({ do: z.literal('age') }),
  z.strictObject({ do: z.literal('clean') }),
  z.strictObject({ do: z.literal('regex'), pattern: z.string(), with: z.string() }),
  z.strictObject({ do: z.literal('add'), value: z.string() }),
]);

/** What becomes of a place: `rules.dicom`, `rules.hl7`. */
export const rule = z.strictObject({
  /**
   * DICOM: keyword (`PatientName`), tag (`(0010,0010)`), wildcard (`(60xx,3000)`, `*Date`), private creator and element
   * (`(0019,"SIEMENS CT VA0 COAD",10)`), path into sequences (`RequestAttributesSequence.ScheduledProcedureStepID`).
   * HL7: field (`PID-5`), component (`PID-5.1`), wildcard (`ZPI-*`), or a data type (`type:XPN`).
   */
  at: z.string(),
  when: condition.optional(),
  action,
});
