import { z } from 'zod';
import { CODE_DOMAINS } from '../crosswalk/codes.ts';

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
  /** Keyword, tag, private creator + element or path (DICOM); `PID-8`, `OBX-3.1` (HL7). */
  at: z.string(),
  equals: z.string().optional(),
  in: z.array(z.string()).optional(),
  /** A regular expression, run in linear time. */
  matches: z.string().optional(),
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
  modality: z.array(z.string()).optional(),
  sopClass: z.array(z.string()).optional(),
  messageType: z.array(z.string()).optional(),
  /** Study date (DICOM) or message date (HL7), both ends included. */
  from: date.optional(),
  to: date.optional(),
  where: z.array(condition).optional(),
  /** A CSV whose first column is a patient id, the second its issuer: only these patients. */
  cohort: z.string().optional(),
  /** The same form: these patients are left out. */
  optOut: z.string().optional(),
});

const limits = z.strictObject({
  /** A deflated data set that inflates to more is refused (PS3.5 A.5). */
  inflatedBytes: z
    .int()
    .positive()
    .default(512 * 1024 * 1024),
  /** Everything of a file but its bulk values. */
  headerBytes: z
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  depth: z.int().positive().default(64),
  /** One HL7 file or batch. */
  messageBytes: z
    .int()
    .positive()
    .default(256 * 1024 * 1024),
  /** Pixels of one frame that OCR is asked to read. */
  framePixels: z
    .int()
    .positive()
    .default(64 * 1024 * 1024),
});

const hl7 = z.strictObject({
  /** Z-segments and segments that the version does not know: keep the name and separators, or drop the segment. */
  unknownSegments: z.enum(['empty', 'remove']).default('empty'),
  /** MSH-3 to MSH-6: a fixed alias for each original, so that routing still works; others are emptied. */
  routing: z.record(z.string(), z.string()).default({}),
});

export const projectSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().default('unnamed project'),
  template: z.enum(['safe-harbor', 'limited-data-set', 'research-longitudinal']).default('safe-harbor'),
  method: z.enum(['safe-harbor', 'limited-data-set', 'expert-determination']).default('safe-harbor'),
  purpose: z.string().default(''),
  recipient: z.string().default(''),
  /** Papers that a claim needs: the expert's name and statement, the data use agreement's reference. */
  evidence: z
    .strictObject({
      expert: z.string().optional(),
      statement: z.string().optional(),
      dataUseAgreement: z.string().optional(),
    })
    .default({}),
  /** Keep all studies of a patient under one code, or give every study a new patient. */
  link: z.enum(['keep', 'cut']).default('keep'),
  dates: z.enum(['remove', 'year', 'shift', 'keep']).default('year'),
  times: z.enum(['keep', 'relative', 'remove']).default('keep'),
  /** Ages over 89 are capped in every case but `keep` under a method other than safe harbor. */
  ages: z.enum(['cap', 'band', 'remove', 'keep']).default('cap'),
  sex: z.enum(['keep', 'remove']).default('keep'),
  zip: z.enum(['zip3', 'remove', 'keep']).default('zip3'),
  /** City and state: only a limited data set may keep them; the state may stay under safe harbor. */
  geography: z.enum(['remove', 'state', 'city']).default('state'),
  uids: z.enum(['replace', 'keep']).default('replace'),
  privateElements: z.enum(['remove', 'safe', 'tcia']).default('safe'),
  descriptors: z.enum(['clean', 'remove']).default('clean'),
  structuredContent: z.enum(['clean', 'remove']).default('clean'),
  /** Random codes, or a keyed hash, which bars a safe-harbor claim (164.514(c)). */
  codes: z.enum(['random', 'keyed-hash']).default('random'),
  leadingZeros: z.enum(['significant', 'ignored']).default('significant'),
  /** Issuer to assume for a patient id that names none. */
  defaultIssuer: z.string().default(''),
  suspects: z.enum(['hold', 'release']).default('hold'),
  filters: filter.default({}),
  rules: z
    .strictObject({ dicom: z.array(rule).default([]), hl7: z.array(rule).default([]) })
    .default({ dicom: [], hl7: [] }),
  hl7: hl7.prefault({}),
  limits: limits.prefault({}),
  /** CSV of sponsor-assigned codes and offsets: `patient_id,issuer,code,date_offset_days`. */
  importCodes: z.string().optional(),
  /** (0012,0052) days from an event of the patient: CSV `patient_id,issuer,event_date`, and its name for (0012,0053). */
  events: z.strictObject({ file: z.string(), name: z.string() }).optional(),
});

export type Project = z.infer<typeof projectSchema>;
export type Rule = z.infer<typeof rule>;
export type Condition = z.infer<typeof condition>;
export type Filters = z.infer<typeof filter>;
export type Limits = z.infer<typeof limits>;
