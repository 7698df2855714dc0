/** What went wrong, as a word a program can switch on. */
export type ErrorCode =
  | 'usage' // command line or configuration; exit 2
  | 'unreadable' // the file system refused
  | 'not-dicom'
  | 'not-hl7'
  | 'malformed' // bytes contradict the standard and there is no safe reading
  | 'truncated'
  | 'too-deep'
  | 'too-large' // a limit of project.yaml
  | 'unsupported' // the standard allows it, this version does not
  | 'not-searched' // nothing here can read this format
  | 'disk' // cannot write
  | 'crosswalk' // codes cannot be issued or the store cannot be opened
  | 'internal';

/**
 * The only error that modules throw on purpose. `message` says what, where and what to do, and holds no value of PHI:
 * no element value, no file name, no path.
 */
export class PhiGateError extends Error {
  readonly code: ErrorCode;
  /** Tag, segment or line where it happened, and the byte offset in the file, when there is one. */
  readonly at: { readonly locus?: string; readonly offset?: number };

  constructor(
    code: ErrorCode,
    message: string,
    at: { locus?: string; offset?: number } = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PhiGateError';
    this.code = code;
    this.at = at;
  }
}
