import type { CodeBook, PatientKey } from '../../../src/crosswalk/codes.ts';
import type { TextCleaner } from '../../../src/detect/detector.ts';
import type { DicomFile } from '../../../src/dicom/element.ts';
import { readDicom } from '../../../src/dicom/file.ts';
import { writeDicom } from '../../../src/dicom/write.ts';
import { DicomMasker } from '../../../src/mask/dicom/plan.ts';
import type { MaskingContext } from '../../../src/mask/masking.ts';
import { projectSchema } from '../../../src/project/schema.ts';
import { memorySource } from '../../../src/splice.ts';

/** A code book that shows what it was asked for. */
export const CODES: CodeBook = {
  patient: ({ id }: PatientKey, study?: string) => ({
    code: `P${id.length}${study ? 'S' : ''}`,
    dateOffsetDays: 10,
  }),
  uid: (uid) =>
    `2.25.${[...uid].reduce((sum, c) => (sum * 31n + BigInt(c.charCodeAt(0))) % (1n << 100n), 7n)}`,
  code: (domain, value) => `${domain.slice(0, 3).toUpperCase()}${value.length}`,
};

/** Takes one invented name out of texts. */
const CLEANER: TextCleaner = {
  clean: (text) => ({
    text: text.replaceAll('Harrowgate', '[NAME]'),
    replaced: text.includes('Harrowgate') ? [{ start: 0, end: 1, placeholder: '[NAME]' }] : [],
  }),
};

export interface MaskedFile {
  readonly file: DicomFile;
  readonly bytes: Buffer;
  readonly source: DicomFile;
}

/** Masks bytes by the default project with `settings`, and reads the result again. */
export function masked(
  bytes: Uint8Array,
  settings: object = {},
  context: Partial<MaskingContext> = {},
): MaskedFile {
  const limits = { depth: 64, inflatedBytes: 1 << 24 };
  const source = readDicom(memorySource(bytes), limits);
  const masker = new DicomMasker(
    {
      project: projectSchema.parse({ version: 1, ...settings }),
      cleaner: CLEANER,
      now: new Date('2026-01-01'),
      studyTimes: new Map(),
      ...context,
    },
    '0.0.0',
  );
  const { head, edits } = masker.plan(source).apply(CODES);
  const parts: Buffer[] = [];
  writeDicom(memorySource(bytes), source, head, edits, { write: (part) => parts.push(Buffer.from(part)) });
  const result = Buffer.concat(parts);
  return { bytes: result, file: readDicom(memorySource(result), limits), source };
}
