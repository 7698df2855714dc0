import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditFrames } from '../../src/audit/pixels.ts';
import { openFrames } from '../../src/dicom/pixels/frames.ts';
import { createOcr, type Ocr } from '../../src/ocr/reader.ts';
import { describeFile } from '../dicom/pixels/describe-file.ts';

const corpora = resolve('../shared/corpora');
const present = existsSync(corpora);
if (!present) console.warn('SKIPPED: ../shared/corpora is absent, no real frames were read');

async function picture(path: string, index = 0) {
  const file = describeFile(resolve(corpora, path));
  if (file === undefined) throw new Error(`no pixels in ${path}`);
  const frame = await openFrames(file.description, file.data).read(index);
  if (frame.state !== 'decoded') throw new Error(`${path}: ${frame.why}`);
  return frame.image;
}

describe.skipIf(!present)('real frames', () => {
  it.each([
    ['dicom/pydicom/SC_rgb_rle.dcm', 'dicom/syntaxes/pydicom-data__SC_rgb.dcm', 1],
    ['dicom/pydicom/SC_rgb_rle_16bit_2frame.dcm', 'dicom/syntaxes/pydicom-data__SC_rgb_16bit_2frame.dcm', 2],
    ['dicom/pydicom/SC_rgb_rle_32bit_2frame.dcm', 'dicom/syntaxes/pydicom-data__SC_rgb_32bit_2frame.dcm', 2],
    ['dicom/pydicom/MR_small_RLE.dcm', 'dicom/pydicom/MR_small.dcm', 1],
    ['dicom/pydicom/MR_small_bigendian.dcm', 'dicom/pydicom/MR_small.dcm', 1],
    ['dicom/pydicom/rtdose_rle.dcm', 'dicom/pydicom/rtdose.dcm', 15],
    ['dicom/pydicom/rtdose_expb.dcm', 'dicom/pydicom/rtdose.dcm', 15],
    ['dicom/syntaxes/pydicom-data__emri_small_RLE.dcm', 'dicom/syntaxes/pydicom-data__emri_small.dcm', 10],
    ['dicom/syntaxes/pydicom-data__OBXXXX1A_rle.dcm', 'dicom/syntaxes/pydicom-data__OBXXXX1A_expb.dcm', 1],
    [
      'dicom/syntaxes/pydicom-data__SC_rgb_expb_2frame.dcm',
      'dicom/syntaxes/pydicom-data__SC_rgb_16bit_2frame.dcm',
      2,
    ],
    ['dicom/syntaxes/pydicom-data__liver_rle.dcm', 'dicom/syntaxes/pydicom-data__liver_expb.dcm', 3],
    [
      'dicom/syntaxes/pydicom-data__liver_nonbyte_aligned_rle.dcm',
      'dicom/syntaxes/pydicom-data__liver_nonbyte_aligned.dcm',
      3,
    ],
    [
      'dicom/syntaxes/pydicom-data__gdcm-US-ALOKA-16_big.dcm',
      'dicom/syntaxes/pydicom-data__gdcm-US-ALOKA-16.dcm',
      1,
    ],
  ])('%s is the same as %s', async (encoded, plain, frames) => {
    for (let index = 0; index < frames; index++) {
      const [a, b] = [await picture(encoded, index), await picture(plain, index)];
      expect([a.width, a.height, a.kind]).toEqual([b.width, b.height, b.kind]);
      expect(Buffer.compare(a.data, b.data)).toBe(0);
    }
  });

  it('YBR_FULL and YBR_FULL_422 look like their RGB sibling', async () => {
    const rgb = await picture('dicom/syntaxes/pydicom-data__SC_rgb.dcm');
    for (const path of [
      'dicom/syntaxes/pydicom-data__SC_ybr_full_uncompressed.dcm',
      'dicom/pydicom/SC_ybr_full_422_uncompressed.dcm',
      'dicom/pydicom/SC_rgb_jpeg_dcmtk.dcm',
    ]) {
      const other = await picture(path);
      const sum = other.data.reduce(
        (total, value, i) => total + Math.abs(value - (rgb.data[i] as number)),
        0,
      );
      expect(sum / rgb.data.length, path).toBeLessThan(4);
    }
  });

  it('are decoded, or not run with a reason, and nothing else', { timeout: 60_000 }, async () => {
    for (const folder of ['dicom/pydicom', 'dicom/syntaxes', 'pixel']) {
      for (const name of readdirSync(resolve(corpora, folder))) {
        const file = describeFile(resolve(corpora, folder, name));
        if (file === undefined) continue;
        const frame = await openFrames(file.description, file.data).read(0);
        if (frame.state === 'not-run') expect(frame.why, name).not.toBe('');
      }
    }
  });
});

describe.skipIf(!present)('text in real frames', () => {
  let ocr: Ocr;
  beforeAll(async () => {
    ocr = await createOcr();
  });
  afterAll(() => ocr.close());

  interface Truth {
    readonly file: string;
    readonly textLines: readonly string[] | null;
    readonly phi: string | null;
  }
  const truth: Truth[] = present
    ? JSON.parse(readFileSync(resolve(corpora, 'pixel/truth.json'), 'utf8'))
    : [];
  const readable = truth.filter(({ file, phi }) => phi && file !== 'jpgll_adult_echo.dcm');

  it.each(readable)(
    '$file has its identifying text read, or is held for it',
    { timeout: 60_000 },
    async ({ file, phi }) => {
      const found = describeFile(resolve(corpora, 'pixel', file));
      if (found === undefined) throw new Error('no pixels');
      const audit = await auditFrames(found.description, found.data, ocr, []);
      expect(audit.counts.notRun).toBe(0);
      const text = audit.findings.map((finding) => finding.text).join(' ');
      const tokens = (phi ?? '').split(/\s+/);
      const missed = tokens.filter((token) => !text.includes(token));
      const unexplained = audit.findings.filter(({ hit }) => hit.rule === 'pixels.unexplained-text').length;
      expect(audit.findings.length).toBeGreaterThan(0);
      expect(missed.length).toBeLessThanOrEqual(Math.ceil(tokens.length * 0.34) + unexplained);
    },
  );

  it.each([
    'dicom/pydicom/CT_small.dcm',
    'dicom/pydicom/MR_small.dcm',
    'dicom/pydicom/examples_overlay.dcm',
    'dicom/syntaxes/dcmjs__sample-dicom.dcm',
    'dicom/syntaxes/dicomParser__CT1_UNC.explicit_big_endian.dcm',
    'dicom/syntaxes/dicomParser__CT0012.not_fragmented_no_bot_rle.dcm',
    'dicom/syntaxes/Tools-for-Health-Data-Anonymization__lung.dcm',
    'dicom/syntaxes/cornerstone3D__CTImage.dcm_JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50.dcm',
    'dicom/syntaxes/pydicom-data__emri_small.dcm',
    'pixel/mr_overlay.dcm',
  ])('%s has no text and is not held', { timeout: 60_000 }, async (path) => {
    const found = describeFile(resolve(corpora, path));
    if (found === undefined) throw new Error('no pixels');
    const audit = await auditFrames(found.description, found.data, ocr, []);
    expect(audit.findings).toEqual([]);
    expect(audit.counts.notRun).toBe(0);
  });
});
