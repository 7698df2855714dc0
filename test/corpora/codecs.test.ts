import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Coding } from '../../src/dicom/pixels/codecs.ts';
import type { PixelData } from '../../src/dicom/pixels/description.ts';
import { joinFragments, mapFragmentsToFrames } from '../../src/dicom/pixels/fragments.ts';
import { readNativeFrame } from '../../src/dicom/pixels/native.ts';
import type { SampleArray } from '../../src/dicom/pixels/samples.ts';
import { decodeStored } from '../../src/dicom/pixels/stored.ts';
import { describeFile } from '../dicom/pixels/describe-file.ts';
import { has, IN_CI } from '../e2e/cli.ts';

const corpora = ['dicom', 'pixel'].map((name) => resolve('../shared/corpora', name)).filter(existsSync);
const hasPeers = has('dcmdjpeg') && has('gdcmconv');
if (!hasPeers && IN_CI) throw new Error('CI needs dcmdjpeg and gdcmconv: install dcmtk and libgdcm-tools');
if (!hasPeers)
  console.warn('SKIPPED: dcmtk or libgdcm-tools is not installed; decoded frames were not compared');
if (corpora.length === 0) console.warn('SKIPPED: ../shared/corpora is absent; no real frame was decoded');

const JPEG = '1.2.840.10008.1.2.4.';
const CODINGS: Readonly<Record<string, Coding>> = {
  [`${JPEG}50`]: 'jpeg',
  [`${JPEG}51`]: 'jpeg',
  [`${JPEG}53`]: 'jpeg',
  [`${JPEG}55`]: 'jpeg',
  [`${JPEG}57`]: 'jpeg',
  [`${JPEG}70`]: 'jpeg',
  [`${JPEG}80`]: 'jpeg-ls',
  [`${JPEG}81`]: 'jpeg-ls',
  [`${JPEG}90`]: 'jpeg-2000',
  [`${JPEG}91`]: 'jpeg-2000',
};
/** Decoders of others, colours left as they are stored; GDCM where DCMTK does not have the coding or refuses the file. */
const PEERS: Readonly<Record<Coding, readonly (readonly [string, ...string[]])[]>> = {
  jpeg: [
    ['dcmdjpeg', '+cn', '+px'],
    ['gdcmconv', '--raw'],
  ],
  'jpeg-ls': [
    ['dcmdjpls', '+px'],
    ['gdcmconv', '--raw'],
  ],
  'jpeg-2000': [['gdcmconv', '--raw']],
  htj2k: [],
  'jpeg-xl': [],
};
/** GDCM refuses these, and nothing else is here to compare with: a stream with a sequence delimiter inside; pixel data that end early. */
const REFUSED = new Set([
  'JPEG2000-embedded-sequence-delimiter.dcm',
  'pydicom-data__emri_small_jpeg_2k_lossless_too_short.dcm',
]);

interface Compressed {
  readonly name: string;
  readonly path: string;
  readonly coding: Coding;
}

function compressed(): Compressed[] {
  return corpora.flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const coding = entry.isFile() ? CODINGS[described(path)?.description.transferSyntax ?? ''] : undefined;
      return coding === undefined ? [] : [{ name: entry.name, path, coding }];
    }),
  );
}

function described(path: string): ReturnType<typeof describeFile> {
  try {
    return describeFile(path);
  } catch {
    return undefined;
  }
}

describe.skipIf(corpora.length === 0 || !hasPeers)('frames of real files', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'phi-gate-codecs-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const files = compressed();

  it('are there in all codings', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(new Set(files.map(({ coding }) => coding)).size).toBe(3);
  });

  it.each(files.filter(({ name }) => !REFUSED.has(name)))(
    '$coding $name is decoded as by another decoder, every sample',
    async ({ path, coding }) => {
      const file = described(path);
      if (file?.data.kind !== 'encapsulated') throw new Error('the file has no compressed pixels');
      const reference = decodedByPeer(path, coding);
      const groups = mapFragmentsToFrames(file.data, file.description.frames);
      for (const [index, fragments] of groups.entries()) {
        const decoded = await decodeStored(joinFragments(file.data, fragments), coding, file.description);
        if (decoded.state === 'not-run') throw new Error(decoded.why);
        expect(Buffer.compare(bytesOf(decoded.values), bytesOf(reference(index))), `frame ${index}`).toBe(0);
      }
    },
  );

  function decodedByPeer(path: string, coding: Coding): (index: number) => SampleArray {
    const target = join(scratch, 'native.dcm');
    for (const [command, ...options] of PEERS[coding]) {
      try {
        execFileSync(command, [...options, path, target], { stdio: 'pipe' });
      } catch {
        continue;
      }
      const native = described(target);
      if (native?.data.kind !== 'native') throw new Error(`${command} gave no native pixels`);
      const data: PixelData = native.data;
      return (index) =>
        readNativeFrame(native.description, data as Extract<PixelData, { kind: 'native' }>, index);
    }
    throw new Error('no other decoder takes the file');
  }
});

const bytesOf = (values: SampleArray): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);
