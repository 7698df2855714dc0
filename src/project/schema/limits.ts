import { z } from 'zod';

const MIB = 1024 * 1024;

/** Larger sources are quarantined: `limits`. */
export const limits = z.strictObject({
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
