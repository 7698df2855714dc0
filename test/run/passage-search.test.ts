import { describe, expect, it } from 'vitest';
import { createDocuments } from '../../src/documents/documents.ts';
import type { Passage } from '../../src/model/passage.ts';
import type { Ocr } from '../../src/ocr/reader.ts';
import { parseProject } from '../../src/project/load.ts';
import { Detection } from '../../src/run/detection.ts';
import { memoryFingerprints } from '../../src/run/memory-fingerprints.ts';
import { PassageSearch } from '../../src/run/passage-search.ts';
import type { BytePlace } from '../../src/run/places.ts';
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

describe('the search for names of the file', () => {
  const text = (value: string, locus: string, hints: Partial<Passage['hints']> = {}): Passage => ({
    text: value,
    locus,
    place: 'element',
    hints: { format: 'dicom', ...hints },
  });
  const COMMENT = text('Films were shown to Mrs Vandersloot, who agrees.', '(0020,4000)', {
    vr: 'LT',
    tag: '00204000',
  });
  // A place where the tagger does not look for itself.
  const FILTER = { vr: 'SH', tag: '00181160' };
  const SERIES = text('Thorax Vandersloot PA erect', '(0018,1160)', FILTER);
  const CODE = text('VANDERSLOOT', '(0018,0015)', { vr: 'CS', tag: '00180015' });
  const linked = (search: PassageSearch) =>
    search
      .result()
      .findings.filter(({ finding }) => finding.rule === 'links.name')
      .map(({ finding, part }) =>
        `${finding.locus} ${finding.span.join('-')} ${finding.tier} ${part ?? ''}`.trim(),
      );

  it('finds a name of one text in texts and codes before and behind it', () => {
    const search = searching('');
    search.passage(SERIES, 3);
    search.passage(COMMENT, 0);
    search.passage(CODE);
    expect(linked(search)).toEqual(['(0018,1160) 7-18 suspect 3', '(0018,0015) 0-11 suspect']);
    expect(linked(search)).toHaveLength(2);
  });

  it('finds nothing where no text shows the name', () => {
    const search = searching('');
    for (const passage of [SERIES, CODE]) search.passage(passage);
    expect(linked(search)).toEqual([]);
  });

  it('looks for names that masking took out of the original', () => {
    const search = searching('');
    search.passage(SERIES);
    search.namesOf([COMMENT, SERIES], [SERIES], true);
    expect(linked(search)).toEqual(['(0018,1160) 7-18 suspect']);
  });

  it('takes no name from what the project itself put somewhere', () => {
    const tag = '00181400';
    const put = text('seen by Dr. Vandersloot', '(0018,1400)', { vr: 'LO', tag });
    const search = searching(
      "rules: { dicom: [{ at: '(0018,1400)', action: { do: replace, with: 'seen by Dr. Vandersloot' } }] }\n",
    );
    search.passage(put);
    search.passage(CODE);
    expect(linked(search)).toEqual([]);
    const without = searching('');
    without.passage(put);
    without.passage(CODE);
    expect(linked(without)).toHaveLength(1);
  });

  it("takes words of the file's own make for nobody", () => {
    const search = searching('');
    search.leaveOut(['Vandersloot Imaging']);
    for (const passage of [COMMENT, SERIES, CODE]) search.passage(passage);
    expect(linked(search)).toEqual([]);
  });

  it('finds a name over a line break', () => {
    const search = searching('');
    search.passage(COMMENT);
    search.passage(
      text('Thorax Vandersloot PA erect', 'lines', { ...FILTER, breaks: [{ at: 12, hyphen: true }] }),
    );
    expect(linked(search)).toEqual(['lines 7-18 suspect']);
  });
});
