import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { TextBox } from '../../src/ocr/text-boxes.ts';
import { boxesToBlackOut } from '../../src/run/blacked-out.ts';

const NAME: TextBox = { box: [0, 0, 100, 12], kind: 'unsafe' };
const NOTE: TextBox = { box: [0, 20, 100, 12], kind: 'unsafe' };
const DEPTH: TextBox = { box: [0, 40, 100, 12], kind: 'safe' };
const SHAPES: TextBox = { box: [0, 60, 100, 12], kind: 'unexplained' };
const text = [[NAME, NOTE, DEPTH, SHAPES]];

function finding(detector: string, box: NonNullable<Finding['box']>, frame = 1): { finding: Finding } {
  return {
    finding: {
      sourceId: '00',
      format: 'dicom',
      locus: `frame ${frame} ${box.join(',')}`,
      span: [0, 1],
      frame,
      box,
      category: 'A',
      detector,
      rule: 'known.name',
      tier: 'leak',
      confidence: 1,
      explain: 'a known name, whole or in part',
      shown: '********',
      fingerprint: 'f',
    },
  };
}

const boxes = (
  policy: Parameters<typeof boxesToBlackOut>[1],
  findings = [finding('known', [10, 2, 40, 8])],
) => boxesToBlackOut({ findings, text }, policy).map(({ box }) => box[1]);

describe('boxesToBlackOut', () => {
  it('takes nothing, the lines of somebody, all but safe terms, or all text', () => {
    expect(boxes('none')).toEqual([]);
    expect(boxes('identified')).toEqual([0]);
    expect(boxes('unsafe').sort((a, b) => a - b)).toEqual([0, 20, 60]);
    expect(boxes('all').sort((a, b) => a - b)).toEqual([0, 20, 40, 60]);
  });

  it('leaves a face alone: the project decides on it', () => {
    expect(boxesToBlackOut({ findings: [finding('face', [150, 0, 80, 80])], text: [[]] }, 'all')).toEqual([]);
  });

  it('takes a line of safe terms in which somebody was found', () => {
    expect(boxes('unsafe', [finding('known', [10, 42, 40, 8])])).toContain(40);
  });

  it('does not take text that nobody knows for identified', () => {
    expect(boxes('identified', [finding('pixels', [10, 22, 40, 8])])).toEqual([]);
  });

  it('covers a finding that lies in no line, from its frame to the last', () => {
    const found = boxesToBlackOut(
      { findings: [finding('known', [300, 300, 40, 8], 2)], text: [[], [], []] },
      'identified',
    );
    expect(found).toEqual([{ first: 2, last: 3, box: [298, 298, 44, 12] }]);
  });
});
