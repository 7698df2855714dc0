import { codestreamText } from '../audit/codestream.ts';
import { mayShowAnything } from '../audit/dicom/biometrics.ts';
import { carriesHighBits } from '../audit/dicom/high-bits.ts';
import { overlaysOf } from '../audit/dicom/overlays.ts';
import { furtherPixels, nestedPixels, type Pixels, pixelsOf } from '../audit/dicom/pixel-data.ts';
import type { SecondReading } from '../audit/dicom/second-reader.ts';
import { auditFrames, type FrameAudit, type ReadingLimits } from '../audit/pixels.ts';
import type { DicomFile } from '../dicom/element.ts';
import { LABEL_RULE } from '../gate/decision.ts';
import type { Hit } from '../model/finding.ts';
import type { Locus } from '../model/passage.ts';
import type { TextBox } from '../ocr/text-boxes.ts';
import type { Limits } from '../project/schema.ts';
import { addFrames } from './documents.ts';
import { searchFaces } from './faces.ts';
import { type FrameCounts, NO_FRAMES } from './line.ts';
import type { PassageSearch } from './passage-search.ts';
import type { Tiles } from './tile-boxes.ts';
import type { AuditTools } from './tools.ts';

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

type PictureLimits = Pick<Limits, 'framePixels' | 'pictureSeconds'>;

const readingLimits = ({ framePixels, pictureSeconds }: PictureLimits): ReadingLimits => ({
  framePixels,
  seconds: pictureSeconds,
});

/** What was seen of the frames of a file. */
export interface SearchedFrames {
  readonly frames: FrameCounts;
  /** Where each frame holds text; none for a file without pixels. */
  readonly text: readonly (readonly TextBox[])[];
  readonly tiles?: Tiles;
  /** Compressed frames carry something outside their samples. */
  readonly hidesBits: boolean;
}

/** Everything that is a picture in a DICOM file: frames, overlay planes, and pixels inside sequences. */
export async function searchPixels(
  reading: SecondReading,
  file: DicomFile,
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  limits: PictureLimits,
): Promise<SearchedFrames> {
  const pixels = pixelsOf(reading, file.transferSyntax, file.body);
  const searched =
    pixels === undefined
      ? { frames: NO_FRAMES, text: [], hidesBits: false }
      : await searchFrames(pixels, search, tools, equipment, limits);
  if (pixels !== undefined && mayShowAnything(reading))
    await searchFaces(reading, pixels, search, limits.framePixels);
  let { frames } = searched;
  const further = [
    ...overlaysOf(reading, file.body).map((overlay) => ({ ...overlay, place: 'overlay' as const })),
    ...nestedPixels(reading, file.transferSyntax, file.body).map((nested) => ({
      ...nested,
      place: 'nested pixels' as const,
    })),
  ];
  for (const picture of further) {
    const counts = await searchFurther(picture, search, tools, equipment, limits);
    frames = addFrames(frames, counts);
  }
  const second = furtherPixels(reading);
  return { ...searched, frames: notRun(frames, ['a second element of pixels is not looked at', second]) };
}

/** A picture that is no frame of the instance. */
interface FurtherPicture {
  readonly locus: Locus;
  readonly place: 'overlay' | 'nested pixels';
  readonly pixels: Pixels;
}

async function searchFurther(
  { locus, place, pixels }: FurtherPicture,
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  limits: PictureLimits,
): Promise<FrameCounts> {
  const audit = await auditFrames(
    pixels.description,
    pixels.data,
    tools.ocr,
    tools.detectors(equipment),
    readingLimits(limits),
  );
  for (const finding of audit.findings)
    search.pictureHit(finding.hit, finding.text, `${locus} ${finding.locus}`);
  search.counted(place, audit.counts.total - audit.counts.notRun, audit.characters);
  const why = whyNotSeen(pixels, audit, search);
  const named = Object.entries(why).map(([reason, frames]) => [`${place}: ${reason}`, frames] as const);
  return { ...audit.counts, notRun: sumOf(why), why: Object.fromEntries(named) };
}

const sumOf = (why: Readonly<Record<string, number>>): number =>
  Object.values(why).reduce((sum, count) => sum + count, 0);

/**
 * Reasons of frames that were not run. Bytes that no frame shows (after the last frame, behind the end of a stream, above High
 * Bit) count as such: nobody has looked at them. Text beside the pictures of compressed frames is given to `search`.
 */
function whyNotSeen(pixels: Pixels, audit: FrameAudit, search: PassageSearch): Record<string, number> {
  const beside = codestreamText(pixels);
  for (const passage of beside.passages) search.passage(passage);
  const why: Record<string, number> = Object.fromEntries(
    audit.notRun.map((reason) => [reason.why, reason.frames]),
  );
  if (audit.excessBytes > 0) why['bytes of the pixel data that belong to no frame'] = 1;
  if (beside.opaque > 0) why['bytes behind the end of a compressed frame that nobody can read'] = 1;
  if (audit.hidden > 0 || carriesHighBits(pixels))
    why['bits above High Bit carry something that no picture shows'] = Math.max(1, audit.hidden);
  return why;
}

function notRun(frames: FrameCounts, [reason, count]: readonly [string, number]): FrameCounts {
  if (count === 0) return frames;
  const why = { ...frames.why, [reason]: count };
  return { ...frames, total: frames.total + count, notRun: frames.notRun + count, why };
}

/** Reads all frames of an instance and gives their findings to `search`, text beside the pictures of compressed frames too. */
export async function searchFrames(
  pixels: Pixels,
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  limits: PictureLimits,
): Promise<SearchedFrames> {
  const { description, data, tiles } = pixels;
  const detectors = tools.detectors(equipment);
  const audit = await auditFrames(description, data, tools.ocr, detectors, readingLimits(limits), tiles);
  if (pixels.isLabel) {
    const whole = [0, 0, description.columns, description.rows] as const;
    search.pixelHit(LABEL_IMAGE, '', 'frame 1', 1, whole);
  }
  for (const { frame, box, locus, hit, text } of audit.findings)
    search.pixelHit(hit, text, locus, frame, box);
  search.counted('pixels', audit.counts.read, audit.characters);
  const why = whyNotSeen(pixels, audit, search);
  const frames = { ...audit.counts, notRun: sumOf(why), why };
  const { columns, rows } = description;
  return {
    frames,
    text: audit.text,
    hidesBits: audit.hidden > 0,
    ...(tiles && { tiles: { layout: tiles, columns, rows } }),
  };
}
