import { z } from 'zod';
import { date } from './date.ts';

/** Papers that a claim needs: `evidence`. */
export const evidence = z.strictObject({
  expert: z.string().optional().meta({
    description: 'Expert Determination: who determined that the risk is very small (164.514(b)(1)).',
    example: 'Dr. Example Expert, Example Statistics',
  }),
  statement: z.string().optional().meta({
    description: 'Where the methods and results of the determination are documented.',
    example: 'determination 2026-01, on file with the privacy office',
  }),
  determinedOn: date.optional().meta({ description: 'When it was made.', example: "'2026-01-15'" }),
  validUntil: date.optional().meta({ description: 'Until when it holds.', example: "'2028-01-14'" }),
  dataUseAgreement: z.string().optional().meta({
    description: 'Limited Data Set: reference of the data use agreement (164.514(e)(4)).',
    example: 'DUA-2026-017',
  }),
  permittedPurpose: z.enum(['research', 'public-health', 'health-care-operations']).optional().meta({
    description: 'Limited Data Set: the purpose that the rule permits (164.514(e)(3)).',
    example: 'research',
  }),
});
