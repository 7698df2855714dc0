import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pixelsOf } from '../../src/audit/dicom/pixel-data.ts';
import { readSecond } from '../../src/audit/dicom/second-reader.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { openFrames } from '../../src/dicom/pixels/frames.ts';
import { findFaces } from '../../src/faces/find-faces.ts';
import { memorySource } from '../../src/splice.ts';

const root = resolve('../shared/corpora/pixel');
if (!existsSync(root)) console.warn('SKIPPED: ../shared/corpora is absent; no face was looked for');
const LIMITS = { depth: 32, inflatedBytes: 1 << 28, headerBytes: 1 << 26 };
const FACE = 'ot_pal_face.dcm';

/** Faces in the first frame of a file. */
async function facesIn(name: string): Promise<number> {
  const source = memorySource(readFileSync(join(root, name)));
  const file = readDicom(source, LIMITS);
  const pixels = pixelsOf(readSecond(source, file, LIMITS), file.transferSyntax, file.body);
  if (pixels === undefined) throw new Error(`${name} has no pixels`);
  const frame = await openFrames(pixels.description, pixels.data).read(0);
  return frame.state === 'decoded' ? findFaces(frame.image).length : 0;
}

describe.skipIf(!existsSync(root))('faces in real pictures', { timeout: 60_000 }, () => {
  it('are found where there is one', async () => {
    expect(await facesIn(FACE)).toBe(1);
  });

  it('are not found in ultrasound, X-ray, angiography and MR', async () => {
    const others = readdirSync(root).filter((name) => name.endsWith('.dcm') && name !== FACE);
    for (const name of others) expect(await facesIn(name), name).toBe(0);
  });
});
