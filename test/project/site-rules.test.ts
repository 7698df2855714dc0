import { describe, expect, it } from 'vitest';
import { parseProject } from '../../src/project/load.ts';

const HEAD = 'version: 1\ndetect:\n  rules:\n';

function refusal(text: string): string {
  try {
    parseProject(text);
  } catch (error) {
    return String(error);
  }
  return 'accepted';
}

const rule = (lines: string): string => `${HEAD}    - id: site.mrn\n      category: H\n${lines}`;

describe('detect of a project file', () => {
  it('is read with its defaults', () => {
    const { detect } = parseProject(rule("      pattern: 'LM\\d{7}'\n      hits: ['«LM4471902»']\n"));
    expect(detect.rules).toMatchObject([
      { id: 'site.mrn', tier: 'leak', ignoreCase: false, wholeWord: true, misses: [] },
    ]);
    expect(detect.words).toMatchObject({ tier: 'leak', hospitals: [], staff: [] });
  });

  it.each([
    [
      '      patern: x\n      pattern: a\n      hits: [a]\n',
      'line 6: unknown key `patern`, did you mean `pattern`?',
    ],
    ["      pattern: 'LM'\n      hits: []\n", 'line 7: `hits` needs at least 1 entry'],
    [
      "      pattern: 'LM'\n      hits: [LM]\n      context: { befor: [x] }\n",
      'line 8: unknown key `befor`, did you mean `before`?',
    ],
    [
      "      pattern: 'LM'\n      hits: [LM]\n      validator: { name: lun, tier: leak }\n",
      'line 8: `name` must be one of',
    ],
    ["      pattern: 'LM(?!x)'\n      hits: [LM]\n", 'line 6: the pattern of rule `site.mrn`: look-ahead'],
    ["      pattern: '(?<!x)LM'\n      hits: [LM]\n", 'line 6: the pattern of rule `site.mrn`: look-behind'],
    [
      "      pattern: 'LM\\d{7}'\n      hits:\n        - '«LM4471902»'\n        - '«LM447»'\n",
      'line 9: sample 2 of `hits` of rule `site.mrn`: the rule does not hit its marked part',
    ],
    [
      "      pattern: 'LM\\d{7}'\n      hits: ['«LM4471902»']\n      misses:\n        - 'x LM4471903'\n",
      'line 9: sample 1 of `misses` of rule `site.mrn`: the rule hits it',
    ],
  ])('refuses %j', (lines, message) => {
    const said = refusal(rule(lines));
    expect(said).toContain(message);
    expect(said).not.toMatch(/447/);
  });

  it('refuses an id that another rule has', () => {
    const given = "      pattern: 'LM'\n      hits: [LM]\n";
    expect(refusal(rule(given) + rule(given).slice(HEAD.length))).toContain(
      'line 8: rule `site.mrn`: another rule has this id',
    );
    expect(refusal(rule(given).replace('site.mrn', 'phone.us'))).toContain('rule `phone.us`: another rule');
  });

  it('refuses what is no id without quoting it', () => {
    const said = refusal(rule("      pattern: 'LM'\n      hits: [LM]\n").replace('site.mrn', 'Jane Roe'));
    expect(said).toContain('line 4: `id` must be small letters');
    expect(said).not.toContain('Jane');
  });

  it('refuses an unknown list of words, and a number where a word is due', () => {
    expect(refusal('version: 1\ndetect:\n  words:\n    hospitls: [Elm]\n')).toContain(
      'line 4: unknown key `hospitls`, did you mean `hospitals`?',
    );
    expect(refusal('version: 1\ndetect:\n  words:\n    wards: [71]\n')).toContain('put it in quotes');
  });
});
