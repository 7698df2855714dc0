import { isPhotograph } from '../../dicom/biometric-classes.ts';
import type { DicomFile } from '../../dicom/element.ts';
import { findElement } from '../../dicom/file.ts';
import { asciiValue } from '../../dicom/values.ts';
import type { MaskingContext } from '../masking.ts';
import type { Subject } from './subject.ts';

const RECOGNIZABLE = 0x00280302;

/**
 * Whether a picture, or a volume made of it and others, lets its patient be recognised: Recognizable Visual Features (PS3.3
 * C.7.6.1) is YES then. It is by its class, by its series, or by what its writer said; a NO of others is not taken over.
 */
export function isRecognizable(file: DicomFile, subject: Subject, context: MaskingContext): boolean {
  const said = findElement(file.dataSet, RECOGNIZABLE);
  if (said !== undefined && asciiValue(file.body, said).trim() === 'YES') return true;
  return isPhotograph(subject) || context.showsFace?.(file) === true;
}
