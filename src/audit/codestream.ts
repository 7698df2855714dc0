import { isOfWriter } from '../detect/codestream-text.ts';
import { codedData, partsBesideFrame, type StreamPart } from '../dicom/pixels/codestream.ts';
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
  let opaque = 0;
  const table = printableRuns(data.source.read(offsetTable.start, offsetTable.length), OFFSETS_SPELL);
  if (table !== '') texts.add(table);
  for (const stream of streamsOf(data, description.frames)) {
    const parts = partsBesideFrame(stream, description);
    for (const part of parts) {
      const runs = printableRuns(stream.subarray(part.start, part.end)).split('\n');
      const text = runs.filter((run) => !isOfWriter(run)).join('\n');
      if (text !== '') texts.add(text);
    }
    if (parts.some((part) => isOpaque(part))) opaque += 1;
    for (const { start, end } of codedData(stream))
      for (const run of longRuns(stream.subarray(start, end))) texts.add(run);
  }
  const passages = [...texts].map(
    (text): Passage => ({ text, locus: 'codestream', place: 'codestream', hints: { format: 'dicom' } }),
  );
  return { passages, opaque };
}

/** As many characters of words, dates and numbers in a row come up by chance once in some ten billion coded bytes. */
const CODE_SPELLS = 20;
/** Flat pictures are coded by the same few bytes over and over. */
const LEAST_DIFFERENT = 8;

/** Text among coded data, which decoders pass over behind the last unit of a scan or tile, or behind the last frame. */
function* longRuns(coded: Uint8Array): Generator<string> {
  for (let at = 0; at + CODE_SPELLS <= coded.length; ) {
    // A run as long as that has its last character here, wherever it begins from `at` on.
    let start = at + CODE_SPELLS;
    while (start > at && isOfWord(coded[start - 1] as number)) start -= 1;
    if (start > at) {
      at = start;
      continue;
    }
    let end = at + CODE_SPELLS;
    while (end < coded.length && isOfWord(coded[end] as number)) end += 1;
    const run = coded.subarray(at, end);
    if (new Set(run).size >= LEAST_DIFFERENT) yield Buffer.from(run).toString('latin1');
    at = end;
  }
}

/** Letters, digits, space and what stands between the parts of names, dates and numbers. */
const OF_WORDS: ReadonlySet<number> = new Set(
  Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ,.:;/^=_-'"),
);
const isOfWord = (byte: number): boolean => OF_WORDS.has(byte);

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
