import { isOfWriter } from '../../../detect/codestream-text.ts';
import { partsBesideFrame, type StreamPart } from '../../../dicom/pixels/codestream.ts';
import type { ByteRange } from '../../../dicom/pixels/description.ts';
import {
  type EncapsulatedData,
  joinFragments,
  mapFragmentsToFrames,
} from '../../../dicom/pixels/fragments.ts';
import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import type { Edit } from '../../../splice.ts';

/** What a decoder needs of the segments that are no picture, by their first bytes, and how long they are at most. */
const STRUCTURAL: readonly { readonly name: string; readonly opens: string; readonly most: number }[] = [
  { name: 'APP0', opens: 'JFIF\0', most: 14 }, // T.871 10.1, without a thumbnail
  { name: 'APP14', opens: 'Adobe', most: 12 }, // T.872 6.5.3: how the colours were transformed
  { name: 'APP8', opens: 'mrfx', most: 8 }, // colour transform of JPEG-LS writers
];

/**
 * Edits that put zeros in place of whatever a compressed frame holds besides its picture: comments, application segments,
 * boxes, bytes behind the end. What a decoder needs stays, and comments that name a known writer. Nothing changes its length,
 * so that offset tables hold.
 */
export function besidePictureEdits({ description, data }: FilePixels): Edit[] {
  if (data.kind !== 'encapsulated') return [];
  return groupsOf(data, description.frames).flatMap((fragments) => {
    const stream = joinFragments(data, fragments);
    const parts = partsBesideFrame(stream, description);
    return parts.filter((part) => !mayStay(stream, part)).flatMap((part) => zeros(part, fragments));
  });
}

function groupsOf(data: EncapsulatedData, frames: number): readonly ByteRange[][] {
  try {
    return mapFragmentsToFrames(data, frames);
  } catch {
    // They do not divide into frames: nobody will decode them, and the gate holds the file.
    return data.fragments.map((fragment) => [fragment]);
  }
}

function mayStay(stream: Uint8Array, { name, start, end }: StreamPart): boolean {
  const text = Buffer.from(stream.subarray(start, end)).toString('latin1');
  if (name === 'COM') return isOfWriter(text.replace(/\0+$/, ''));
  return STRUCTURAL.some(
    (known) => known.name === name && text.startsWith(known.opens) && text.length <= known.most,
  );
}

/** A stretch of a stream as stretches of its fragments. */
function zeros({ start, end }: StreamPart, fragments: readonly ByteRange[]): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const fragment of fragments) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + fragment.length);
    if (from < to) {
      const place = fragment.start + from - at;
      edits.push({ start: place, end: place + to - from, bytes: new Uint8Array(to - from) });
    }
    at += fragment.length;
  }
  return edits;
}
