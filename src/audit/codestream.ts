import { isOfWriter } from '../detect/codestream-text.ts';
import { partsBesidePicture, rlePartsBesidePicture, type StreamPart } from '../dicom/pixels/codestream.ts';
import type { EncapsulatedData } from '../dicom/pixels/fragments.ts';
import { joinFragments, mapFragmentsToFrames } from '../dicom/pixels/fragments.ts';
import type { Passage } from '../model/passage.ts';
import type { Pixels } from './dicom/pixel-data.ts';
import { printableRuns } from './printable-runs.ts';

/** What compressed frames hold besides their pictures. */
export interface CodestreamText {
  /** Text in comments, application segments, boxes and behind the end, names of writers left out; each text once. */
  readonly passages: readonly Passage[];
  /** Frames with bytes, behind their end or between their segments, that are no text: nobody can say what they are. */
  readonly opaque: number;
}

const RLE = '1.2.840.10008.1.2.5';
/** Offsets are numbers of four bytes, and spell no longer words. */
const OFFSETS_SPELL = 6;
/** Padding and the odd stray byte are no hidden content. */
const LEAST_OPAQUE = 16;
/** What is not inside a segment or box with a name of its own. */
const UNNAMED = new Set(['after the end', 'between segments', 'unknown']);

/** Text in the streams of compressed frames and in their offset table, which no picture shows. */
export function codestreamText({ description, data, offsetTable }: Pixels): CodestreamText {
  if (data.kind !== 'encapsulated') return { passages: [], opaque: 0 };
  const texts = new Set<string>();
  const plane = description.rows * description.columns;
  let opaque = 0;
  const table = printableRuns(data.source.read(offsetTable.start, offsetTable.length), OFFSETS_SPELL);
  if (table !== '') texts.add(table);
  for (const stream of streamsOf(data, description.frames)) {
    const parts =
      description.transferSyntax === RLE ? rlePartsBesidePicture(stream, plane) : partsBesidePicture(stream);
    for (const part of parts) {
      const runs = printableRuns(stream.subarray(part.start, part.end)).split('\n');
      const text = runs.filter((run) => !isOfWriter(run)).join('\n');
      if (text !== '') texts.add(text);
    }
    if (parts.some((part) => isOpaque(part))) opaque += 1;
  }
  const passages = [...texts].map(
    (text): Passage => ({ text, locus: 'codestream', place: 'codestream', hints: { format: 'dicom' } }),
  );
  return { passages, opaque };
}

const isOpaque = ({ name, start, end }: StreamPart): boolean =>
  UNNAMED.has(name) && end - start >= LEAST_OPAQUE;

/** The streams of the frames; each fragment by itself where they do not divide into frames. */
function* streamsOf(data: EncapsulatedData, frames: number): Generator<Uint8Array> {
  for (const fragments of groupsOf(data, frames)) {
    try {
      yield joinFragments(data, fragments);
    } catch {
      // The file ends inside the fragment: that is told where the frame is decoded.
    }
  }
}

function groupsOf(data: EncapsulatedData, frames: number): EncapsulatedData['fragments'][] {
  try {
    return mapFragmentsToFrames(data, frames);
  } catch {
    return data.fragments.map((fragment) => [fragment]);
  }
}
