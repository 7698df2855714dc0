import { describe, expect, it } from 'vitest';
import { auditPicture, documentPassage } from '../../src/audit/documents.ts';
import { placeOfSpan } from '../../src/audit/passage-lines.ts';
import type { Ocr } from '../../src/ocr/reader.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';

const PLACE = { locus: '(0042,0011)', hints: { format: 'dicom', label: 'Document' } } as const;

describe('documentPassage', () => {
  it('says where it stands, and what is known of it', () => {
    const part = { kind: 'text', text: 'x', locus: 'metadata', label: 'Author', typed: 'A' } as const;
    expect(documentPassage(part, PLACE)).toEqual({
      text: 'x',
      locus: '(0042,0011) metadata',
      place: 'document',
      hints: { format: 'dicom', label: 'Author', typed: 'A' },
    });
  });

  it('leads a span back to the piece that it begins in', () => {
    const pieces = [
      { text: 'Quill', at: 40 },
      { text: 'feather', at: 60 },
    ];
    const passage = documentPassage({ kind: 'text', text: 'Quillfeather', locus: 'text', pieces }, PLACE);
    expect(placeOfSpan(passage, 2, 12)).toEqual({ locus: '(0042,0011) text', span: [42, 45] });
    expect(placeOfSpan(passage, 6, 8)).toEqual({ locus: '(0042,0011) text', span: [61, 63] });
  });

  it('takes of bytes what prints, without the names of their writers', () => {
    const bytes = Buffer.from('\0\x01Ottoline\0\x02JFIF\0sRGB IEC61966-2.1\0');
    expect(documentPassage({ kind: 'bytes', locus: 'metadata', bytes }, PLACE).text).toBe('Ottoline');
  });
});

describe('auditPicture', () => {
  it('gives findings the page for a frame, and its place in the document', async () => {
    const image = blank(240, 60);
    drawText(image, 'MUSTERFRAU', 10, 20, 2);
    const reads: Ocr = {
      read: async () => [],
      readRegions: async (regions) =>
        regions.map((region) => ({
          region,
          words: [{ text: 'Musterfrau', confidence: 0.95, box: region.box }],
        })),
      close: async () => undefined,
    };
    const picture = {
      kind: 'picture',
      locus: 'page 3',
      page: 3,
      width: 240,
      height: 60,
      channels: 1,
      bits: 8,
    } as const;
    const audit = await auditPicture({ ...picture, data: image.data }, PLACE, reads, [], {
      framePixels: 1 << 20,
    });
    expect(audit.counts).toEqual({ total: 1, read: 1, cleared: 0, notRun: 0 });
    expect(audit.findings[0]).toMatchObject({ frame: 3 });
    expect(audit.findings[0]?.locus).toMatch(/^\(0042,0011\) page 3 \d+,\d+,\d+,\d+$/);
  });
});
