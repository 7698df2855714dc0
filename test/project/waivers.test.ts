import { describe, expect, it } from 'vitest';
import { PhiGateError } from '../../src/errors.ts';
import { parseProject } from '../../src/project/load.ts';
import { waiverOf } from '../../src/project/waivers.ts';

const WAIVER =
  "{ reason: no face is shown, by: Dr. Example Reviewer, on: '2026-01-15', until: '2026-02-01' }";
const project = (text = '') => parseProject(`version: 1\n${text}\n`);
const on = (day: string) => new Date(`${day}T23:00:00Z`);

/** The message that a project file is refused with. */
function refusal(text: string): string {
  try {
    project(text);
  } catch (error) {
    if (error instanceof PhiGateError) return error.message;
    throw error;
  }
  throw new Error('the project file was accepted');
}

describe('waivers of faces and biometrics', () => {
  it('are none by default', () => {
    expect(waiverOf(project(), 'Q', on('2026-01-20'))).toBeUndefined();
    expect(waiverOf(project(), 'P', on('2026-01-20'))).toBeUndefined();
  });

  it('hold for their own category, until their last day is over', () => {
    const waived = project(`faces: waive\nwaivers: { faces: ${WAIVER} }`);
    expect(waiverOf(waived, 'Q', on('2026-02-01'))?.label).toBe('faces: waive');
    expect(waiverOf(waived, 'Q', on('2026-02-02'))).toBeUndefined();
    expect(waiverOf(waived, 'P', on('2026-02-01'))).toBeUndefined();
    expect(waiverOf(waived, 'A', on('2026-02-01'))).toBeUndefined();
  });

  it('do nothing while the setting says hold', () => {
    expect(waiverOf(project(`waivers: { faces: ${WAIVER} }`), 'Q', on('2026-01-20'))).toBeUndefined();
  });

  it('need a reason, a name and a day of the calendar', () => {
    expect(refusal('faces: waive')).toContain('line 2: `faces: waive` needs `waivers.faces`');
    expect(refusal("biometrics: waive\nwaivers: { biometrics: { by: A, on: '2026-01-15' } }")).toContain(
      'the key `reason` is missing',
    );
    expect(refusal(`faces: waive\nwaivers: { faces: { reason: x, by: A, on: '2026-02-30' } }`)).toContain(
      'not a day of the calendar',
    );
    expect(
      refusal(
        `faces: waive\nwaivers: { faces: { reason: x, by: A, on: '2026-02-03', until: '2026-02-02' } }`,
      ),
    ).toContain('`until` lies before `on`');
  });

  it('refuse keys and decisions that are not known, with the nearest', () => {
    expect(refusal('waivers: { face: {} }')).toContain('did you mean `faces`?');
    expect(refusal('faces: hodl')).toContain('did you mean `hold`?');
    expect(refusal('biometrics: accept')).toContain('one of hold, waive');
    expect(refusal('biometrics: blank-face')).toContain('one of hold, waive');
  });
});
