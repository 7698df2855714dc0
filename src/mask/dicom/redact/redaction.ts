import type { DicomFile } from '../../../dicom/element.ts';
import { encodeElement } from '../../../dicom/encode.ts';
import { findElement } from '../../../dicom/file.ts';
import { type Addition, type Change, layoutEdits } from '../../../dicom/layout.ts';
import { type FilePixels, pixelsOfFile } from '../../../dicom/pixels/of-file.ts';
import { parseTag, type Tag } from '../../../dicom/tag.ts';
import { asciiValue } from '../../../dicom/values.ts';
import { encodeFileHead } from '../../../dicom/write.ts';
import { PhiGateError } from '../../../errors.ts';
import type { BlackedOut } from '../../../model/redaction.ts';
import type { Limits } from '../../../project/schema.ts';
import type { ByteSource, Edit } from '../../../splice.ts';
import { type Done, redactionStatement, TEXT_BLACKED_OUT } from '../statement.ts';
import { redactEncapsulated } from './encapsulated.ts';
import { BLACK_OUT, type Filling } from './filling.ts';
import { lossOf } from './loss.ts';
import { nativeEdits } from './native.ts';

/** A masked file with boxes blacked out: what to write in place of its head, and edits over the data set (`file.body`). */
export interface RedactedDicom {
  readonly head: Uint8Array;
  readonly edits: readonly Edit[];
  /** What shows something else than before: the boxes, or the coding units that they touch. */
  readonly covered: readonly BlackedOut[];
}

/** Tables of where frames begin (PS3.3 C.7.6.3.1.8): they hold no longer. */
const OFFSET_TABLES = [0x7fe00001, 0x7fe00002];
const PHOTOMETRIC = 0x00280004 as Tag;
const PLANAR = 0x00280006 as Tag;

/** How boxes are to be covered, and what the file says of it. */
export interface RedactionOptions extends Filling {
  readonly done: Done;
}

/** Text: black, in the coding units of JPEG where that is possible. */
const TEXT: RedactionOptions = { ...BLACK_OUT, done: TEXT_BLACKED_OUT };

/**
 * Blacks out boxes in the pixels of a file that was masked before, and says so in it: (0012,0063), (0012,0064), (0008,2111).
 * `file` is `source` as the tokenizer reads it.
 * @param rewriteAll compressed frames are written anew although no box lies in them
 * @throws PhiGateError `unsupported` where the pixels cannot be read, or written without loss: nothing was changed then.
 */
export async function redactDicom(
  source: ByteSource,
  file: DicomFile,
  redaction: readonly BlackedOut[],
  limits: Pick<Limits, 'framePixels'>,
  rewriteAll = false,
  options: RedactionOptions = TEXT,
): Promise<RedactedDicom> {
  const pixels = pixelsOfFile(file);
  if (pixels === undefined) throw new PhiGateError('unsupported', 'the file has no pixels to black out');
  const { data, description } = pixels;
  if (description.bitsAllocated < 8)
    throw new PhiGateError('unsupported', 'pixels of one bit cannot be blacked out');
  const head = Uint8Array.from(source.read(0, file.dataSetStart));
  // A slice of a series that is changed elsewhere: it says what was done to the series, and no pixel is touched.
  if (redaction.length === 0 && !rewriteAll) {
    return { head, edits: layout(file, new Map(), redactionStatement(file, options.done)), covered: [] };
  }
  if (data.kind === 'native') {
    const edits = await nativeEdits({ ...pixels, data }, redaction, limits, options);
    const statement = layout(file, new Map(), redactionStatement(file, options.done));
    return { head, edits: [...statement, ...edits], covered: withPairs(redaction, pixels) };
  }
  const frames = await redactEncapsulated({ ...pixels, data }, redaction, limits, rewriteAll, options);
  const elements = new Map<(typeof file.dataSet)[number], Change>([
    [pixels.element, { kind: 'element', bytes: frames.element }],
  ]);
  for (const tag of OFFSET_TABLES) {
    const table = findElement(file.dataSet, tag);
    if (table !== undefined) elements.set(table, { kind: 'remove' });
  }
  const additions = [
    // Frames written anew for the bits beside their samples show what they showed: nothing was blacked out.
    ...(redaction.length === 0 ? [] : redactionStatement(file, options.done)),
    ...(frames.transcoded ? transcoding(file, pixels, frames) : recolouring(file, pixels, frames)),
  ];
  return {
    head: frames.transcoded ? headWith(file, frames.transferSyntax) : head,
    edits: layout(file, elements, additions),
    covered: frames.covered,
  };
}

/** Pixels of native YBR_FULL_422 share their colours by twos. */
function withPairs(redaction: readonly BlackedOut[], { description }: FilePixels): readonly BlackedOut[] {
  if (description.photometric !== 'YBR_FULL_422') return redaction;
  return redaction.map(({ first, last, box: [x, y, width, height] }) => {
    const left = x & ~1;
    return { first, last, box: [left, y, (x + width + 1 - left) & ~1, height] as const };
  });
}

/** What else a file says of its pixels when they have changed their transfer syntax. */
function transcoding(
  file: DicomFile,
  pixels: FilePixels,
  { photometric }: { readonly photometric: string },
): Addition[] {
  const { description } = pixels;
  const planar = Uint8Array.of(0, 0);
  return [
    inColours(file, photometric),
    ...(description.samplesPerPixel > 1
      ? [{ tag: PLANAR, bytes: encodeElement(PLANAR, 'US', planar, file.encoding) }]
      : []),
    ...lossOf(file, pixels),
  ];
}

/** Frames that have kept their syntax, and have a colour for each pixel where pairs shared one. */
function recolouring(
  file: DicomFile,
  { description }: FilePixels,
  { photometric }: { readonly photometric: string },
): Addition[] {
  return photometric === description.photometric ? [] : [inColours(file, photometric)];
}

const inColours = (file: DicomFile, photometric: string): Addition => ({
  tag: PHOTOMETRIC,
  bytes: encodeElement(PHOTOMETRIC, 'CS', Buffer.from(photometric), file.encoding),
});

/** Additions take the place of what stands there. */
function layout(
  file: DicomFile,
  changes: Map<(typeof file.dataSet)[number], Change>,
  additions: readonly Addition[],
): Edit[] {
  const tags = new Set<number>(additions.map(({ tag }) => tag));
  for (const element of file.dataSet) if (tags.has(element.tag)) changes.set(element, { kind: 'remove' });
  return layoutEdits(file, { elements: changes, additions });
}

function headWith(file: DicomFile, transferSyntax: string): Uint8Array {
  const meta = (id: string): string => {
    const element = findElement(file.meta, parseTag(id));
    return element === undefined ? '' : asciiValue(file.body, element);
  };
  return encodeFileHead({
    sopClass: meta('00020002'),
    sopInstance: meta('00020003'),
    transferSyntax,
    implementationClass: meta('00020012'),
    implementationVersion: meta('00020013'),
  });
}
