import { type ErrorCode, PhiGateError } from '../errors.ts';
import { type FileSource, openFile } from '../input/file-source.ts';
import { SNIFF_BYTES, type Sniffed, sniff } from '../input/sniff.ts';
import { type Found, type FoundFile, printableName } from '../input/walk.ts';
import type { Format } from '../model/passage.ts';
import type { ReasonCode, SourceStatus } from '../model/result.ts';

/** What a run makes of a file before it reads it: a format with a way through the house, or an end with its reason. */
export type Sorted =
  | { readonly kind: 'source'; readonly format: 'dicom' | 'hl7' }
  | {
      readonly kind: 'ended';
      readonly format: Format;
      readonly status: SourceStatus;
      readonly reason: ReasonCode;
      readonly explain: string;
    };

const FORMAT_OF: Partial<Record<Sniffed, Format>> = {
  dicom: 'dicom',
  dicomdir: 'dicom',
  hl7: 'hl7',
  text: 'text',
  image: 'picture',
  pdf: 'unknown',
  zip: 'container',
  gzip: 'container',
  archive: 'container',
};

/** Sorts an open file by its content. @throws PhiGateError `unreadable`. */
export function sortFile(found: FoundFile, source: FileSource): Sorted {
  const sniffed = sniff(source.read(0, SNIFF_BYTES), printableName(found.relative), { ignore: true });
  const format = FORMAT_OF[sniffed] ?? 'unknown';
  switch (sniffed) {
    case 'dicom':
    case 'hl7':
      return { kind: 'source', format: sniffed };
    case 'dicomdir':
      return ended(format, 'skipped', 'index', 'a DICOMDIR is an index of files and is not released');
    case 'ignored':
      return ended(format, 'skipped', 'ignored', 'a dropping of an operating system');
    case 'empty':
      return ended(format, 'quarantined', 'empty', 'the file is empty');
    default:
      return ended(
        format,
        'quarantined',
        'not-searched',
        `${nameOf(sniffed)} cannot be masked by this version`,
      );
  }
}

/** What a file holds, by its first bytes. Nothing is ignored. */
export function sniffFile(found: FoundFile): Sniffed {
  const source = openFile(found.path, { headOnly: true });
  try {
    return sniff(source.read(0, SNIFF_BYTES), printableName(found.relative));
  } finally {
    source.close();
  }
}

/** Words for a content that nothing here reads. */
export function nameOf(sniffed: Sniffed): string {
  return (
    (
      {
        text: 'plain text',
        pdf: 'PDF',
        image: 'a picture file',
        zip: 'a zip archive',
        gzip: 'a gzip file',
        archive: 'an archive',
        office: 'an office document',
        nifti: 'NIfTI',
      } as Partial<Record<Sniffed, string>>
    )[sniffed] ?? 'a file of unknown format'
  );
}

function ended(format: Format, status: SourceStatus, reason: ReasonCode, explain: string): Sorted {
  return { kind: 'ended', format, status, reason, explain };
}

/** How a typed error ends a source. */
export function reasonOf(error: unknown): { reason: ReasonCode; explain: string } {
  if (!(error instanceof PhiGateError)) {
    const name = error instanceof Error ? error.name : 'unknown';
    return {
      reason: 'internal',
      explain: `an error of the program (${name}); the file is safe where it was`,
    };
  }
  return { reason: reasonOfCode(error.code), explain: error.message };
}

/** The reason that a typed error stands for. */
export function reasonOfCode(code: ErrorCode): ReasonCode {
  const reason: Partial<Record<ErrorCode, ReasonCode>> = {
    unreadable: 'unreadable',
    'not-dicom': 'malformed',
    'not-hl7': 'malformed',
    malformed: 'malformed',
    truncated: 'malformed',
    'too-deep': 'malformed',
    'too-large': 'too-large',
    unsupported: 'not-supported',
    'not-searched': 'not-searched',
    disk: 'disk',
  };
  return reason[code] ?? 'internal';
}

/** The problem of something that was found and cannot be read, as an end. */
export function endOfProblem(found: Extract<Found, { kind: 'problem' }>): Sorted {
  return {
    kind: 'ended',
    format: 'unknown',
    status: found.status,
    reason: found.reason,
    explain: found.error.message,
  };
}
