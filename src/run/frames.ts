import { codestreamText } from '../audit/codestream.ts';
import { carriesHighBits } from '../audit/dicom/high-bits.ts';
import { nestedPixels, type Pixels, pixelsOf } from '../audit/dicom/pixel-data.ts';
import type { SecondReading } from '../audit/dicom/second-reader.ts';
import { auditFrames } from '../audit/pixels.ts';
import type { DicomFile } from '../dicom/element.ts';
import { LABEL_RULE } from '../gate/decision.ts';
import type { Hit } from '../model/finding.ts';
import { type FrameCounts, NO_FRAMES } from './line.ts';
import type { AuditTools, PassageSearch } from './tools.ts';

/** The label of a slide says whose it is, whatever OCR makes of it. */
const LABEL_IMAGE: Hit = {
  start: 0,
  end: 0,
  category: 'R',
  detector: 'pixels',
  rule: LABEL_RULE,
  tier: 'leak',
  confidence: 1,
};

/** Everything that is pixels in a DICOM file; those inside sequences are counted, since nobody looks at them. */
export async function searchPixels(
  reading: SecondReading,
  file: DicomFile,
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  framePixels: number,
): Promise<FrameCounts> {
  const pixels = pixelsOf(reading, file.transferSyntax, file.body);
  const frames =
    pixels === undefined ? NO_FRAMES : await searchFrames(pixels, search, tools, equipment, framePixels);
  const nested = nestedPixels(reading);
  if (nested === 0) return frames;
  const why = { ...frames.why, 'pixels inside a sequence are not looked at': nested };
  return { ...frames, total: frames.total + nested, notRun: frames.notRun + nested, why };
}

/**
 * Reads all frames of an instance and gives their findings to `search`, text beside the pictures of compressed frames too.
 * Bytes of the pixel data that no frame shows (after the last frame, behind the end of a stream, above High Bit) count as
 * frames that were not run: nobody has looked at them.
 */
export async function searchFrames(
  pixels: Pixels,
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  framePixels: number,
): Promise<FrameCounts> {
  const { description, data, tiles } = pixels;
  const detectors = tools.detectors(equipment);
  const audit = await auditFrames(description, data, tools.ocr, detectors, { framePixels }, tiles);
  if (pixels.isLabel) {
    const whole = [0, 0, description.columns, description.rows] as const;
    search.pixelHit(LABEL_IMAGE, '', 'frame 1', 1, whole);
  }
  for (const { frame, box, locus, hit, text } of audit.findings)
    search.pixelHit(hit, text, locus, frame, box);
  search.counted('pixels', audit.counts.read, audit.characters);
  const beside = codestreamText(pixels);
  for (const passage of beside.passages) search.passage(passage);
  const why: Record<string, number> = Object.fromEntries(
    audit.notRun.map((reason) => [reason.why, reason.frames]),
  );
  if (audit.excessBytes > 0) why['bytes of the pixel data that belong to no frame'] = 1;
  if (beside.opaque > 0) why['bytes behind the end of a compressed frame that nobody can read'] = 1;
  if (carriesHighBits(pixels)) why['bits above High Bit carry something that no picture shows'] = 1;
  const hidden = Object.values(why).reduce((sum, count) => sum + count, 0) - audit.counts.notRun;
  return { ...audit.counts, notRun: audit.counts.notRun + hidden, why };
}
