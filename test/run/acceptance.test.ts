import { describe, expect, it } from 'vitest';
import type { Hit } from '../../src/model/finding.ts';
import type { Passage, PassageHints } from '../../src/model/passage.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { Acceptance } from '../../src/run/acceptance.ts';

const accepting = (settings: object) => new Acceptance(projectSchema.parse({ version: 1, ...settings }));

const hit = (rule: string, category: Hit['category']): Hit => ({
  start: 0,
  end: 4,
  category,
  rule,
  detector: rule.startsWith('known') ? 'known' : rule.startsWith('typed') ? 'typed-field' : 'patterns',
  tier: 'leak',
  confidence: 1,
});

const passage = (
  text: string,
  locus: string,
  hints: Omit<PassageHints, 'format'>,
  format: 'dicom' | 'hl7' = 'dicom',
): Passage => ({
  text,
  locus,
  place: 'element',
  hints: { format, ...hints },
});

const NAME = passage('SUBJ-7', '(0010,0010)', {
  tag: '00100010',
  keyword: 'PatientName',
  vr: 'PN',
  typed: 'A',
});
const CITY = passage('Duskwater', 'PID-11.3', { field: 'PID-11', dataType: 'ST', typed: 'B' }, 'hl7');

describe('what the project lets stand', () => {
  it('is nothing by default', () => {
    const none = accepting({});
    expect(none.accepts(NAME, hit('typed.A', 'A'))).toBeUndefined();
    expect(none.accepts(CITY, hit('typed.B', 'B'))).toBeUndefined();
    expect(none.acceptsBytes(hit('known.uid', 'R'), '1.2.3')).toBe(false);
  });

  it('is the shape of a value that a rule put there, never a known identifier in it', () => {
    const replaced = accepting({
      rules: { dicom: [{ at: 'PatientName', action: { do: 'replace', with: 'SUBJ-7' } }], hl7: [] },
    });
    expect(replaced.accepts(NAME, hit('typed.A', 'A'))).toBeDefined();
    expect(replaced.accepts(NAME, hit('known.name', 'A'))).toBeUndefined();
    expect(replaced.accepts(CITY, hit('typed.B', 'B'))).toBeUndefined();
  });

  it('names the rule that keeps a place, by a path as the masker reads it', () => {
    const at = 'RequestAttributesSequence.ScheduledProcedureStepID';
    const kept = accepting({ rules: { dicom: [{ at, action: { do: 'keep' } }], hl7: [] } });
    const place = (locus: string) =>
      passage('70458812', locus, { tag: '00400009', keyword: 'ScheduledProcedureStepID', vr: 'SH' });
    const nested = place('(0040,0275)[0].(0040,0009)');
    expect(kept.accepts(nested, hit('known.id', 'H'))).toEqual({ rule: at });
    expect(kept.keptBy(nested)).toEqual({ rule: at, whole: true });
    expect(kept.accepts(place('(0040,0009)'), hit('known.id', 'H'))).toBeUndefined();
    expect(kept.accepts(place('(0008,1111)[0].(0040,0009)'), hit('known.id', 'H'))).toBeUndefined();
  });

  it('does not take a private creator for a keyword', () => {
    const kept = accepting({ rules: { dicom: [{ at: 'S*', action: { do: 'keep' } }], hl7: [] } });
    const element = passage('x', '(0019,1010)', { tag: '00191010', keyword: 'SPI' });
    expect(kept.accepts(element, hit('known.id', 'H'))).toBeUndefined();
  });

  it('is the whole field where a rule names its type, and one component where it names that', () => {
    const rules = (at: string) => accepting({ rules: { dicom: [], hl7: [{ at, action: { do: 'keep' } }] } });
    expect(rules('type:XAD').keptBy(CITY)).toEqual({ rule: 'type:XAD', whole: true });
    expect(rules('PID-11.3').keptBy(CITY)).toEqual({ rule: 'PID-11.3', whole: false });
  });

  it('is everything in a place that a rule keeps, and nothing beside it', () => {
    const kept = accepting({ rules: { dicom: [], hl7: [{ at: 'PID-11.3', action: { do: 'keep' } }] } });
    expect(kept.accepts(CITY, hit('known.address', 'B'))).toBeDefined();
    expect(kept.accepts({ ...CITY, locus: 'PID-11.1' }, hit('known.address', 'B'))).toBeUndefined();
  });

  it('is city and ZIP, and no street, in a limited data set', () => {
    const limited = accepting({ geography: 'city', zip: 'keep' });
    expect(limited.accepts(CITY, hit('typed.B', 'B'))).toBeDefined();
    expect(
      limited.accepts(passage('05401', 'PID-11.5', { field: 'PID-11' }, 'hl7'), hit('typed.B', 'B')),
    ).toBeDefined();
    expect(
      limited.accepts(passage('88 Mill Ct', 'PID-11.1', { field: 'PID-11' }, 'hl7'), hit('typed.B', 'B')),
    ).toBeUndefined();
    expect(
      limited.accepts(passage('Duskwater', 'PV1-3.9', { field: 'PV1-3' }, 'hl7'), hit('typed.B', 'B')),
    ).toBeUndefined();
    expect(limited.acceptsBytes(hit('known.address', 'B'), 'Duskwater^VT^05401')).toBe(true);
    expect(limited.acceptsBytes(hit('known.address', 'B'), '88 Mill Ct^^Duskwater')).toBe(false);
  });

  it('is a shifted date where a rule shifts it, and no name there', () => {
    const shifted = accepting({ rules: { dicom: [{ at: '*Date', action: { do: 'shift-date' } }], hl7: [] } });
    const date = passage('20190422', '(0008,0023)', {
      tag: '00080023',
      keyword: 'ContentDate',
      vr: 'DA',
      typed: 'C',
    });
    expect(shifted.accepts(date, hit('date.field', 'C'))).toBeDefined();
    expect(shifted.accepts(date, hit('typed.A', 'A'))).toBeUndefined();
  });
});
