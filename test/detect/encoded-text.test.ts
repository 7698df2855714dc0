import { describe, expect, it } from 'vitest';
import { encodedTextDetector } from '../../src/detect/encoded-text.ts';
import { nameDetector } from '../../src/detect/names/gazetteer.ts';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';

const detector = encodedTextDetector([patternDetector(), nameDetector()]);
const REPORT = 'Patient Margaret Hutchinson, SSN 219-09-9876, seen 2019-03-14. ';

function found(text: string): string[] {
  return detector.detect(textPassage(text)).map(({ start, end }) => [...text].slice(start, end).join(''));
}

describe('text inside text', () => {
  it.each(['base64', 'base64url', 'hex'] as const)('is read where it is %s', (encoding) => {
    const run = Buffer.from(REPORT).toString(encoding);
    expect(found(`größe ${run} end`)).toEqual([run]);
  });

  it('is read over line ends', () => {
    const run = Buffer.from(REPORT.repeat(4)).toString('base64').replace(/.{76}/g, '$&\r\n');
    expect(found(run)).toHaveLength(1);
  });

  it('is a suspect where it is a document', () => {
    const hits = detector.detect(textPassage(`see ${Buffer.from('%PDF-1.7 and more').toString('base64')}`));
    expect(hits).toMatchObject([{ tier: 'suspect', category: 'R', rule: 'encoded.document' }]);
  });

  it('is no hit where it says nothing of anybody, and where it is no text', () => {
    const harmless = Buffer.from('the lungs are clear').toString('base64');
    expect(
      found(`${harmless} M4T7ZQ3XK9BHWDYN hydroxychloroquine 1234567890123456 syngo_MR_VE11C_LATEST`),
    ).toEqual([]);
  });
});
