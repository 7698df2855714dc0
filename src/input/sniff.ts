import { isIgnoredName } from './ignore.ts';
import { sniffDicom } from './sniff-dicom.ts';
import { sniffHl7 } from './sniff-hl7.ts';
import { sniffMagic } from './sniff-magic.ts';
import { isText } from './sniff-text.ts';

/** What a file is, judged by its content. */
export type Sniffed =
  | 'dicom'
  | 'dicomdir'
  | 'hl7'
  | 'text'
  | 'pdf'
  | 'image'
  | 'zip'
  | 'gzip'
  | 'archive'
  | 'office'
  | 'nifti'
  | 'ignored'
  | 'empty'
  | 'unknown';

/** As many bytes as `sniff` makes use of. */
export const SNIFF_BYTES = 8192;

export interface SniffOptions {
  /** Tell droppings of operating systems (`Thumbs.db`...) from data, as `run` does; `scan` ignores nothing. */
  readonly ignore?: boolean;
}

/**
 * What a file holds, from its first `SNIFF_BYTES` bytes. The name decides nothing alone: it tells a DICOMDIR without a
 * meta group, and droppings of operating systems, which DICOM or HL7 content overrules.
 */
export function sniff(head: Uint8Array, name: string, options: SniffOptions = {}): Sniffed {
  const ignored = options.ignore === true && isIgnoredName(name);
  if (head.length === 0) return ignored ? 'ignored' : 'empty';
  const medical = sniffDicom(head, name) ?? sniffHl7(head);
  if (medical) return medical;
  if (ignored) return 'ignored';
  return sniffMagic(head) ?? (isText(head) ? 'text' : 'unknown');
}
