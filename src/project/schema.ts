import { z } from 'zod';
import type { condition } from './schema/condition.ts';
import { detect, names } from './schema/detection.ts';
import { evidence } from './schema/evidence.ts';
import { filter } from './schema/filter.ts';
import { hl7 } from './schema/hl7.ts';
import { limits } from './schema/limits.ts';
import { pixels } from './schema/pixels.ts';
import { rule } from './schema/rule.ts';
import { waivers } from './schema/waivers.ts';

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
    description: 'How hard to look, and identifiers of your site, for `run`, `scan` and the action `clean`.',
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
