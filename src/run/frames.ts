import { carriesHighBits } from '../audit/dicom/high-bits.ts';
import type { Pixels } from '../audit/dicom/pixel-data.ts';
import { auditFrames } from '../audit/pixels.ts';
import type { FrameCounts } from './line.ts';
import type { AuditTools, PassageSearch } from './tools.ts';

/**
 * Reads all frames of an instance and gives their findings to `search`. Bytes of the pixel data that no frame shows (after
 * the last frame, above High Bit) count as a frame that was not run: nobody has looked at them.
 */
export async function searchFrames(
  pixels: Pixels,
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  framePixels: number,
): Promise<FrameCounts> {
  const audit = await auditFrames(pixels.description, pixels.data, tools.ocr, tools.detectors(equipment), {
    framePixels,
  });
  for (const { frame, box, locus, hit, text } of audit.findings)
    search.pixelHit(hit, text, locus, frame, box);
  search.counted('pixels', audit.counts.read, audit.characters);
  const why: Record<string, number> = Object.fromEntries(
    audit.notRun.map((reason) => [reason.why, reason.frames]),
  );
  if (audit.excessBytes > 0) why['bytes of the pixel data that belong to no frame'] = 1;
  if (carriesHighBits(pixels)) why['bits above High Bit carry something that no picture shows'] = 1;
  const hidden = Object.values(why).reduce((sum, count) => sum + count, 0) - audit.counts.notRun;
  return { ...audit.counts, notRun: audit.counts.notRun + hidden, why };
}
