import { z } from 'zod';

/** A day, as project.yaml writes it. */
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
