import { describe, expect, it } from 'vitest';
import { createDocuments } from '../../src/documents/documents.ts';
import type { Passage } from '../../src/model/passage.ts';
import type { Ocr } from '../../src/ocr/reader.ts';
import { parseProject } from '../../src/project/load.ts';
import { Detection, memoryFingerprints } from '../../src/run/detection.ts';
import type { BytePlace } from '../../src/run/places.ts';
import { PassageSearch } from '../../src/run/tools.ts';
import { memorySource } from '../../src/splice.ts';

const NUMBER = '70458812';
const NO_OCR = {} as Ocr;

/** A search for one record number under a project. */
function searching(yaml: string): PassageSearch {
  const project = parseProject(`version: 1\n${yaml}`);
  const detection = new Detection({ project, now: new Date('2026-01-01'), isIssued: () => false });
  detection.learn([{ value: NUMBER, category: 'H', kind: 'id' }]);
  detection.freeze();
  const tools = detection.tools(NO_OCR, memoryFingerprints(), createDocuments());
  return new PassageSearch(tools, [], { sourceId: 's', output: 'o' }, 'dicom');
}

const BYTES = Buffer.from(`protocol CT ${NUMBER} | acquisition ${NUMBER} `);
const place = (word: string, length: number, tag: string, keyword: string): BytePlace => {
  const start = BYTES.indexOf(word) + word.length + 1;
  const locus = `(${tag.slice(0, 4)},${tag.slice(4)})`;
  return { start, end: start + length, locus, hints: { format: 'dicom', tag, keyword } };
};
const PROTOCOL = place('protocol', NUMBER.length + 3, '00181030', 'ProtocolName');
const ACQUISITION = place('acquisition', NUMBER.length, '00200012', 'AcquisitionNumber');
const passage: Passage = {
  text: `CT ${NUMBER}`,
  locus: PROTOCOL.locus,
  place: 'element',
  hints: { format: 'dicom', vr: 'LO', tag: '00181030', keyword: 'ProtocolName' },
};

function found(yaml: string) {
  const search = searching(yaml);
  search.passage(passage);
  search.bytes(memorySource(BYTES), [], [PROTOCOL, ACQUISITION]);
  const { findings, accepted } = search.result();
  return {
    findings: findings.map(({ finding }) => finding.locus),
    accepted: accepted.map(({ rule, category, tier }) => `${rule} ${category} ${tier}`),
  };
}

const keeping = (...places: string[]): string =>
  `rules: { dicom: [${places.map((at) => `{ at: ${at}, action: { do: keep } }`).join()}] }\n`;

describe('the search of raw bytes', () => {
  it('says what a passage said of a place once, and finds the same value in every other place', () => {
    expect(found('')).toEqual({ findings: ['(0018,1030)', `byte ${ACQUISITION.start}`], accepted: [] });
  });

  it('takes what a rule lets stand in one place for nothing in another', () => {
    expect(found(keeping('ProtocolName'))).toEqual({
      findings: [`byte ${ACQUISITION.start}`],
      accepted: ['ProtocolName H leak'],
    });
  });

  it('lets a number stand that a rule keeps, though it has no passage', () => {
    expect(found(keeping('ProtocolName', 'AcquisitionNumber'))).toEqual({
      findings: [],
      accepted: ['ProtocolName H leak', 'AcquisitionNumber H leak'],
    });
  });
});
