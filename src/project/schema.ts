import { z } from 'zod';
import { CODE_DOMAINS } from '../crosswalk/codes.ts';
import { contextSchema, RULE_ID, validatorSchema } from '../detect/rule.ts';
import { CATEGORY_LETTERS, type HipaaCategory } from '../model/category.ts';

/**
 * The schema of project.yaml. Descriptions are not decoration: `phi-gate init`, the templates and error messages print
 * them. `example` is what init shows, switched off, for a setting that has no default; `section` heads a group.
 */
declare module 'zod' {
  interface GlobalMeta {
    example?: string;
    section?: string;
  }
}

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');

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

/** A test on the value of another element or field of the same source. */
const condition = z.strictObject({
  at: z
    .string()
    .describe('Keyword, tag, private creator and element, or path (DICOM); `PID-8`, `OBX-3.1` (HL7).'),
  equals: z.string().optional(),
  in: z.array(z.string()).optional(),
  matches: z.string().optional().describe('A regular expression, run in linear time (RE2 syntax).'),
  present: z.boolean().optional(),
});

const rule = z.strictObject({
  /**
   * DICOM: keyword (`PatientName`), tag (`(0010,0010)`), wildcard (`(60xx,3000)`, `*Date`), private creator and element
   * (`(0019,"SIEMENS CT VA0 COAD",10)`), path into sequences (`RequestAttributesSequence.ScheduledProcedureStepID`).
   * HL7: field (`PID-5`), component (`PID-5.1`), wildcard (`ZPI-*`), or a data type (`type:XPN`).
   */
  at: z.string(),
  when: condition.optional(),
  action,
});

const filter = z.strictObject({
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

const MIB = 1024 * 1024;

const limits = z.strictObject({
  inflatedBytes: z
    .int()
    .positive()
    .default(512 * MIB)
    .describe('A deflated data set that inflates to more bytes is refused (PS3.5 A.5).'),
  headerBytes: z
    .int()
    .positive()
    .default(64 * MIB)
    .describe('Everything of a DICOM file but its bulk values, in bytes.'),
  depth: z.int().positive().default(64).describe('Levels of nested sequences.'),
  messageBytes: z
    .int()
    .positive()
    .default(256 * MIB)
    .describe('One HL7 file or batch, in bytes.'),
  framePixels: z
    .int()
    .positive()
    .default(64 * MIB)
    .describe('Pixels of one frame that OCR is asked to read.'),
  pictureSeconds: z
    .int()
    .positive()
    .default(3600)
    .describe('Time that reading the frames of one file may take; frames that are left then are not run.'),
  documentBytes: z
    .int()
    .positive()
    .default(256 * MIB)
    .describe('One document (PDF, RTF, picture, XML) with all that is packed in it, in bytes.'),
  documentPages: z.int().positive().default(2000).describe('Pages of one document.'),
  documentSeconds: z.int().positive().default(600).describe('Time that reading one document may take.'),
});

const hl7 = z.strictObject({
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

const coordinate = z.int().nonnegative();
const region = z.strictObject({
  modality: z.string().optional(),
  manufacturer: z.string().optional(),
  model: z.string().optional(),
  rows: z.int().positive().optional(),
  columns: z.int().positive().optional(),
  boxes: z.array(z.tuple([coordinate, coordinate, z.int().positive(), z.int().positive()])).min(1),
});

const pixels = z.strictObject({
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

const evidence = z.strictObject({
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

/** A risk that somebody accepted: the report names who, why and until when. */
const waiver = z.strictObject({
  reason: z.string().trim().min(1),
  by: z.string().trim().min(1),
  on: date,
  until: date.optional(),
});

const waivers = z.strictObject({
  biometrics: waiver.optional().meta({
    description: 'Goes with `biometrics: waive`. until: the last day on which it holds; it may be left out.',
    example: "{ reason: consent, by: Dr. Example Reviewer, on: '2026-01-15' }",
  }),
  faces: waiver.optional().meta({
    description: 'Goes with `faces: waive`.',
    example: "{ reason: no face is shown, by: Dr. Example Reviewer, on: '2026-01-15' }",
  }),
});

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

const detect = z.strictObject({
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
const names = z.strictObject({
  model: z.string().trim().min(1),
  labels: z.record(z.string(), z.enum([...CATEGORY_LETTERS, 'none'] as [HipaaCategory, 'none'])).default({}),
});

export const projectSchema = z.strictObject({
  version: z.literal(1).meta({
    section: 'The project',
    description: 'Version of this file format.',
  }),
  name: z.string().default('unnamed project').describe('Printed on the report.'),
  template: z
    .enum(['safe-harbor', 'limited-data-set', 'research-longitudinal'])
    .default('safe-harbor')
    .describe('Supplies every setting that this file leaves out.'),
  method: z
    .enum(['safe-harbor', 'limited-data-set', 'expert-determination'])
    .default('safe-harbor')
    .describe('What the project wants to claim. What it may claim is worked out from settings and findings.'),
  purpose: z.string().default('').describe('What the data are released for.'),
  recipient: z.string().default('').describe('Who receives them.'),
  evidence: evidence.default({}).describe('Papers that a claim needs.'),
  link: z.enum(['keep', 'cut']).default('keep').meta({
    section: 'Patients and codes',
    description: 'keep: all studies of a patient under one code. cut: every study is a new patient.',
  }),
  codes: z
    .enum(['random', 'keyed-hash'])
    .default('random')
    .describe('A keyed hash is derived from the original and bars a Safe Harbor claim (164.514(c)).'),
  leadingZeros: z
    .enum(['significant', 'ignored'])
    .default('significant')
    .describe('ignored: 00123 and 123 of one issuer are the same patient.'),
  defaultIssuer: z.string().default('').describe('Issuer to assume for a patient id that names none.'),
  uids: z.enum(['replace', 'keep']).default('replace').describe('keep bars a Safe Harbor claim.'),
  importCodes: z.string().optional().meta({
    description: "A CSV beside this file with the sponsor's codes: patient_id,issuer,code,date_offset_days.",
    example: 'codes.csv',
  }),
  dates: z.enum(['remove', 'year', 'shift', 'keep']).default('year').meta({
    section: 'Dates, ages, places',
    description:
      'year: the year alone stays. shift: a random offset for each patient, intervals stay. shift and keep bar a Safe Harbor claim.',
  }),
  times: z
    .enum(['keep', 'relative', 'remove'])
    .default('keep')
    .describe('Times of day. relative: counted from the first time of the study.'),
  ages: z
    .enum(['cap', 'band', 'remove', 'keep'])
    .default('cap')
    .describe('cap: over 89 becomes 90. band: bands of ten years. keep: under safe-harbor the same as cap.'),
  sex: z.enum(['keep', 'remove']).default('keep').describe("The patient's sex."),
  zip: z
    .enum(['zip3', 'remove', 'keep'])
    .default('zip3')
    .describe('zip3: three digits, 000 where the area has at most 20,000 people.'),
  geography: z
    .enum(['remove', 'state', 'city'])
    .default('state')
    .describe('The smallest part of an address that stays. city is for a limited data set.'),
  events: z.strictObject({ file: z.string(), name: z.string() }).optional().meta({
    description:
      'Days from an event of the patient (0012,0052), its name (0012,0053); CSV: patient_id,issuer,event_date.',
    example: '{ file: events.csv, name: DIAGNOSIS }',
  }),
  privateElements: z.enum(['remove', 'safe', 'tcia']).default('safe').meta({
    section: 'Content',
    description: 'Private elements: none, those of PS3.15 Table E.3.10-1, or by the TCIA dispositions.',
  }),
  descriptors: z
    .enum(['clean', 'remove'])
    .default('clean')
    .describe('Series and study descriptions, comments: take the identifiers out, or the whole text.'),
  structuredContent: z
    .enum(['clean', 'remove'])
    .default('clean')
    .describe('Structured reports: take the identifiers out, or the whole content.'),
  documents: z
    .enum(['remove', 'clean', 'quarantine'])
    .default('remove')
    .describe(
      'Attached documents. clean: plain text and XML (CDA) without its identifiers, others removed. quarantine: their file.',
    ),
  suspects: z
    .enum(['hold', 'release'])
    .default('hold')
    .describe('Sources with a suspect finding wait for review, or are released all the same.'),
  imagesWithoutPixels: z
    .enum(['hold', 'release'])
    .default('hold')
    .describe(
      'A picture by its SOP class that has no pixel data may be cut. release: for headers without pixels.',
    ),
  pixels: pixels.prefault({}).meta({
    description:
      'Text burned into pictures. `run` alone reads pictures; `mask` leaves their pixels as they are.',
  }),
  biometrics: z
    .enum(['hold', 'waive'])
    .default('hold')
    .describe(
      'Voices, pictures of the eye and other biometric identifiers. waive: they stay, as a risk that somebody accepts below. It bars a Safe Harbor claim.',
    ),
  faces: z
    .enum(['hold', 'waive', 'blank-face'])
    .default('hold')
    .describe(
      'Photographs of persons, and head CT or MR from which a face can be rendered. waive: they stay, as a risk that somebody ' +
        'accepts below. It bars a Safe Harbor claim. blank-face: the face of head CT and MR becomes air; all else is held.',
    ),
  waivers: waivers.default({}).describe('Who waived what, why, and when: what `waive` above needs.'),
  filters: filter.default({}).meta({
    section: 'What takes part',
    description: 'What does not pass is skipped and counted.',
  }),
  rules: z
    .strictObject({
      dicom: z
        .array(rule)
        .default([])
        .meta({
          description:
            'at: a keyword, (gggg,eeee), (60xx,3000), *Date, (gggg,"CREATOR",ee), or a path with dots. do: keep, ' +
            'remove, empty, replace, random, dummy, pseudonym, uid, date, birth-date, time, shift-date, year, zip3, ' +
            'age, clean, regex, add. Write an `at` with a comma in quotes.',
          example: [
            '- { at: ClinicalTrialSponsorName, action: { do: add, value: Example Sponsor } }',
            '- { at: PatientWeight, when: { at: Modality, equals: PT }, action: { do: keep } }',
            '- { at: \'(0019,"EXAMPLE HEADER",10)\', action: { do: remove } }',
          ].join('\n'),
        }),
      hl7: z
        .array(rule)
        .default([])
        .meta({
          description: 'at: PID-5, PID-5.1, ZPI-* or type:XPN. The same actions.',
          example: [
            '- { at: OBR-13, action: { do: clean } }',
            '- { at: ZPI-3, action: { do: random, kind: number } }',
          ].join('\n'),
        }),
    })
    .default({ dicom: [], hl7: [] })
    .meta({
      section: 'Rules of your own',
      description: 'They go before the built-in ones; of two that fit, the later wins.',
    }),
  names: names.optional().meta({
    section: 'What is looked for besides',
    description:
      'A folder beside this file with a token-classification model of your own (model.onnx, config.json, tokenizer.json); ' +
      'what it finds are suspects. Needs the package onnxruntime-web. labels: a category, A to R, or none for each label ' +
      'that is not known.',
    example: '{ model: model, labels: { CLINIC: B, DRUG: none } }',
  }),
  detect: detect.prefault({}).meta({
    description: 'Identifiers of your site, for `run`, `scan` and the action `clean`.',
  }),
  hl7: hl7.prefault({}).meta({ section: 'HL7', description: 'Settings for messages alone.' }),
  limits: limits.prefault({}).meta({
    section: 'Limits',
    description: 'Larger sources are quarantined, never cut short.',
  }),
});

export type Project = z.infer<typeof projectSchema>;
export type Rule = z.infer<typeof rule>;
export type Condition = z.infer<typeof condition>;
export type Filters = z.infer<typeof filter>;
export type Limits = z.infer<typeof limits>;
