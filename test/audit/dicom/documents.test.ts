import { describe, expect, it } from 'vitest';
import { dicomDocuments } from '../../../src/audit/dicom/documents.ts';
import { dicomPassages } from '../../../src/audit/dicom/passages.ts';
import { readSecond } from '../../../src/audit/dicom/second-reader.ts';
import { memorySource } from '../../../src/splice.ts';
import { EXPLICIT, el, item, LIMITS, part10, tokens } from './build.ts';

const PDF = Buffer.from('%PDF-1.7 and so on, of odd length.\n\0');

function read(...elements: Buffer[]) {
  const bytes = part10(EXPLICIT, Buffer.concat(elements));
  const file = tokens(bytes);
  const source = memorySource(bytes);
  const reading = readSecond(source, file, LIMITS);
  const passages = dicomPassages(reading, source, file).passages.map(({ locus }) => locus);
  const documents = dicomDocuments(reading).map(({ locus, mediaType, bytes: of }) => [
    locus,
    mediaType,
    of().length,
  ]);
  return { passages, documents };
}

describe('documents of a DICOM file', () => {
  it('are the encapsulated one by its type, without its padding, and no passage', () => {
    const { documents, passages } = read(el(0x00420011, 'OB', PDF), el(0x00420012, 'LO', 'application/pdf'));
    expect(documents).toEqual([['(0042,0011)', 'application/pdf', PDF.length - 1]]);
    expect(passages).not.toContain('(0042,0011)');
  });

  it('are those in items, and what begins as a file does in any binary value', () => {
    const nested = item(el(0x00420011, 'OB', PDF));
    const { documents } = read(
      el(0x00091001, 'OB', Buffer.from('%PDF-1.4 private, as long as it takes')),
      el(0x00091002, 'OB', Buffer.from('nothing that looks like a file here')),
      el(0x00400275, 'SQ', nested),
    );
    expect(documents.map(([locus]) => locus)).toEqual(['(0009,1001)', '(0040,0275)[0].(0042,0011)']);
  });
});
