import { z } from 'zod';
import { date } from './date.ts';

/** A risk that somebody accepted: the report names who, why and until when. */
const waiver = z.strictObject({
  reason: z.string().trim().min(1),
  by: z.string().trim().min(1),
  on: date,
  until: date.optional(),
});

/** Who waived what: `waivers`. */
export const waivers = z.strictObject({
  biometrics: waiver.optional().meta({
    description: 'Goes with `biometrics: waive`. until: the last day on which it holds; it may be left out.',
    example: "{ reason: consent, by: Dr. Example Reviewer, on: '2026-01-15' }",
  }),
  faces: waiver.optional().meta({
    description: 'Goes with `faces: waive`.',
    example: "{ reason: no face is shown, by: Dr. Example Reviewer, on: '2026-01-15' }",
  }),
});
