import { isOfWriter } from '../detect/codestream-text.ts';
import type { Detector } from '../detect/detector.ts';
import type { PixelDescription } from '../dicom/pixels/description.ts';
import type { DocumentBytes, DocumentPicture, DocumentText } from '../documents/document.ts';
import type { Locus, Passage, PassageHints } from '../model/passage.ts';
import type { Ocr } from '../ocr/reader.ts';
import { memorySource } from '../splice.ts';
import { mapLines } from './passage-lines.ts';
import { auditFrames, type FrameAudit } from './pixels.ts';
import { printableRuns } from './printable-runs.ts';

/** Where a document stands: the locus of its element or field, '' for a file by itself, and what is known of that place. */
export interface DocumentPlace {
  readonly locus: Locus;
  readonly hints: PassageHints;
}

/** The locus of a part: `(0042,0011) page 3`. */
export const partLocus = (place: DocumentPlace, locus: string): Locus =>
  place.locus === '' ? locus : `${place.locus} ${locus}`;

/** A text of a document as detectors take it; of bytes what prints in them, names of their writers left out. */
export function documentPassage(part: DocumentText | DocumentBytes, place: DocumentPlace): Passage {
  const locus = partLocus(place, part.locus);
  if (part.kind === 'bytes') {
    const runs = printableRuns(part.bytes).split('\n');
    const text = runs.filter((run) => !isOfWriter(run)).join('\n');
    return { text, locus, place: 'document', hints: place.hints };
  }
  const label = part.label ?? place.hints.label;
  const hints = {
    ...place.hints,
    ...(label !== undefined && { label }),
    ...(part.typed !== undefined && { typed: part.typed }),
    ...(part.software === true && { keyword: 'SoftwareVersions' }),
  };
  const passage: Passage = { text: part.text, locus, place: 'document', hints };
  if (part.pieces === undefined) return passage;
  const lines = part.pieces.map(({ text, at }) => ({ text, locus, offset: at }));
  return mapLines(passage, lines, 0);
}

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/**
 * Looks for text in a picture of a document as in a frame of an instance. The findings have the page for a frame, and a locus
 * such as `page 2 x,y,w,h`.
 */
export async function auditPicture(
  picture: DocumentPicture,
  place: DocumentPlace,
  ocr: Ocr,
  detectors: readonly Detector[],
  limits: { readonly framePixels: number },
): Promise<FrameAudit> {
  const source = memorySource(picture.data);
  const data = { kind: 'native', source, start: 0, length: picture.data.length, vr: 'OB' } as const;
  const audit = await auditFrames(describe(picture), data, ocr, detectors, limits);
  const locus = partLocus(place, picture.locus);
  const findings = audit.findings.map((finding) => ({
    ...finding,
    frame: picture.page,
    locus: `${locus} ${finding.box.join(',')}`,
  }));
  return { ...audit, findings };
}

/** The samples as the Image Pixel module would describe them (PS3.3 C.7.6.3). */
function describe({ width, height, channels, bits }: DocumentPicture): PixelDescription {
  return {
    transferSyntax: EXPLICIT_LITTLE_ENDIAN,
    rows: height,
    columns: width,
    frames: 1,
    samplesPerPixel: channels,
    photometric: channels === 1 ? 'MONOCHROME2' : 'RGB',
    planarConfiguration: 0,
    bitsAllocated: bits,
    bitsStored: bits,
    highBit: bits - 1,
    pixelRepresentation: 0,
    windows: [],
    rescale: { slope: 1, intercept: 0 },
    littleEndian: true,
  };
}
