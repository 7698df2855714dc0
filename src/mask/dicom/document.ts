import type { DataElement, DicomFile } from '../../dicom/element.ts';
import { findElement } from '../../dicom/file.ts';
import { asciiValue, valueBytes } from '../../dicom/values.ts';
import { PhiGateError } from '../../errors.ts';
import { cleanDocument } from '../documents/clean.ts';
import type { MaskingContext } from '../masking.ts';

/** Encapsulated Document, its MIME type and its length (PS3.3 C.24.2). */
export const ENCAPSULATED_DOCUMENT = 0x00420011;
const MEDIA_TYPE = 0x00420012;
const LENGTH = 0x00420015;
const LOCUS = '(0042,0011)';

/** Whether an element is the document, or says how long it is. */
export const isOfDocument = ({ tag }: DataElement): boolean =>
  tag === ENCAPSULATED_DOCUMENT || tag === LENGTH;

/**
 * The encapsulated document of an instance without its identifiers; undefined where the instance has none.
 * @throws PhiGateError `unsupported` where the document would have to go: nothing would be left of the instance.
 */
export function maskedDocument(file: DicomFile, context: MaskingContext): Uint8Array | undefined {
  const element = findElement(file.dataSet, ENCAPSULATED_DOCUMENT);
  if (element === undefined) return undefined;
  const { documents } = context.project;
  if (documents === 'quarantine')
    throw new PhiGateError(
      'unsupported',
      'the file is a document, and the project quarantines documents; see `documents` in project.yaml',
      { locus: LOCUS },
    );
  const cleaned = documents === 'clean' ? cleanedBytes(file, element, context) : undefined;
  if (cleaned === undefined)
    throw new PhiGateError(
      'unsupported',
      'an encapsulated document of this kind cannot be masked by this version; release it by hand or leave it out by a filter',
      { locus: LOCUS },
    );
  return cleaned;
}

function cleanedBytes(
  file: DicomFile,
  element: DataElement,
  context: MaskingContext,
): Uint8Array | undefined {
  const type = findElement(file.dataSet, MEDIA_TYPE);
  const mediaType = type === undefined ? '' : asciiValue(file.body, type).trim();
  const value = valueBytes(file.body, element);
  const bytes = value.at(-1) === 0 ? value.subarray(0, -1) : value;
  const cleaned = cleanDocument(bytes, mediaType, context);
  return cleaned === undefined ? undefined : Buffer.from(cleaned);
}
