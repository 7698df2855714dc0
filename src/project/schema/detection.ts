import { z } from 'zod';
import { contextSchema, RULE_ID, validatorSchema } from '../../detect/rule.ts';
import { CATEGORY_LETTERS, type HipaaCategory } from '../../model/category.ts';

/** A detection rule of a site: the shape of its record numbers, say. As the rules of `rules/detect/`, in RE2 syntax. */
export const detectionRuleSchema = z.strictObject({
  id: z.string().regex(RULE_ID, 'small letters, digits and a dot or hyphen, such as `site.mrn`'),
  category: z.enum(CATEGORY_LETTERS as [HipaaCategory, ...HipaaCategory[]]),
  /** Tier of the shape alone; `none`: only with a word of the context, or past the validator. */
  tier: z.enum(['leak', 'suspect', 'none']).default('leak'),
  confidence: z.number().min(0).max(1).default(0.9),
  pattern: z.string().min(1),
  ignoreCase: z.boolean().default(false),
  /** No letter or digit may touch the match. */
  wholeWord: z.boolean().default(true),
  context: contextSchema.optional(),
  validator: validatorSchema.optional(),
  hits: z.array(z.string()).min(1),
  misses: z.array(z.string()).default([]),
  source: z.string().optional(),
});

const words = z.array(z.string().trim().min(2)).default([]);

const siteWords = z.strictObject({
  tier: z
    .enum(['leak', 'suspect'])
    .default('leak')
    .describe('What a word of these lists is where it is found, names of `staff` apart: they are leaks.'),
  hospitals: words.meta({
    description: 'Hospitals, clinics, practices, with their short names.',
    example: '[Example General Hospital, EGH]',
  }),
  wards: words.meta({ description: 'Wards, units, rooms.', example: '[Rosewood Ward, 7 East]' }),
  streets: words.meta({
    description: 'Streets, quarters, villages around.',
    example: '[Example Mill Lane]',
  }),
  staff: words.meta({
    description:
      'Names of people, looked for in every form as names of patients are. Long lists go better to `--known`.',
    example: '[Jane Q. Example, EXAMPLE^JOHN]',
  }),
  others: words.meta({
    description: 'Anything else that identifies here.',
    example: '[Example Trial Seven]',
  }),
});

/** What identifies at a site: `detect`. */
export const detect = z.strictObject({
  strict: z
    .boolean()
    .default(false)
    .describe(
      'true: doubtful words are suspects too. The tagger counts what it gives a chance of one in ten, and a second reader of ' +
        'English names persons and days (`on Tuesday`). More false alarms, and two to five times slower on texts.',
    ),
  rules: z
    .array(detectionRuleSchema)
    .default([])
    .meta({
      description:
        'Shapes of your own: id, category (A to R), tier (leak, suspect, none), pattern (RE2 syntax), ignoreCase, wholeWord, ' +
        'context (before, after, not, within, tier), validator, and samples: `hits` with «...» around the identifier, ' +
        '`misses`. A sample that fails is a mistake in this file.',
      example:
        "- { id: site.mrn, category: H, pattern: 'EG\\d{7}', hits: ['seen «EG4471902»'], misses: [EG12] }",
    }),
  words: siteWords
    .prefault({})
    .describe('Words of your own, whole and in any case; one of capitals and digits alone as it is written.'),
});

/** A model that the user brings. */
export const names = z.strictObject({
  model: z.string().trim().min(1),
  labels: z.record(z.string(), z.enum([...CATEGORY_LETTERS, 'none'] as [HipaaCategory, 'none'])).default({}),
});
