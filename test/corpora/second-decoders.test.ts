import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeStream } from '../../src/dicom/pixels/codecs.ts';
import { joinFragments, mapFragmentsToFrames } from '../../src/dicom/pixels/fragments.ts';
import { describeFile } from '../dicom/pixels/describe-file.ts';
import { decodedBySecond, type SecondDecoder } from '../dicom/pixels/second-decoders.ts';

const corpora = ['dicom', 'pixel'].map((name) => resolve('../shared/corpora', name)).filter(existsSync);
if (corpora.length === 0) console.warn('SKIPPED: ../shared/corpora is absent; no HTJ2K file was decoded');

const JPEG = '1.2.840.10008.1.2.4.';
const LOSSY = `${JPEG}203`;
const HTJ2K: ReadonlySet<string> = new Set([`${JPEG}201`, `${JPEG}202`, LOSSY]);

interface Compressed {
  readonly name: string;
  readonly path: string;
}

function htj2kFiles(): Compressed[] {
  return corpora.flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .map(({ name, parentPath }) => ({ name, path: join(parentPath, name) }))
      .filter(({ path }) => HTJ2K.has(described(path)?.description.transferSyntax ?? '')),
  );
}

function described(path: string): ReturnType<typeof describeFile> {
  try {
    return describeFile(path);
  } catch {
    return undefined;
  }
}

/** Samples that differ, and by how much at most. */
async function difference({ path }: Compressed, decoder: SecondDecoder) {
  const file = described(path);
  if (file?.data.kind !== 'encapsulated') throw new Error('the file has no compressed pixels');
  let [count, most, samples] = [0, 0, 0];
  for (const fragments of mapFragmentsToFrames(file.data, file.description.frames)) {
    const stream = joinFragments(file.data, fragments);
    const decoded = await decodeStream(stream, 'htj2k', file.description);
    if ('mismatch' in decoded) throw new Error(decoded.mismatch);
    const ours = new Uint8Array(decoded.values.buffer);
    const theirs = await decodedBySecond(decoder, stream);
    expect(theirs).toHaveLength(ours.length);
    samples += ours.length;
    ours.forEach((value, i) => {
      const off = Math.abs(value - (theirs[i] ?? 0));
      if (off > 0) count += 1;
      most = Math.max(most, off);
    });
  }
  return { count, most, samples, lossy: file.description.transferSyntax === LOSSY };
}

describe.skipIf(corpora.length === 0)('HTJ2K frames of real files, which DCMTK and GDCM do not read', () => {
  const files = htj2kFiles();

  it('are there', () => {
    expect(files.length).toBeGreaterThan(1);
  });

  it.each(
    files.flatMap((file) => (['OpenJPH', 'OpenJPEG'] as const).map((decoder) => ({ ...file, decoder }))),
  )(
    '$name is decoded as by $decoder; lossy wavelets may be rounded otherwise',
    async ({ decoder, ...file }) => {
      const { count, most, lossy, samples } = await difference(file, decoder);
      expect(count).toBeLessThanOrEqual(lossy ? samples / 1000 : 0);
      expect(most).toBeLessThanOrEqual(1);
    },
  );
});
