import { describe, expect, test } from 'vitest';
import { hashOf, spanOf } from '../../../src/mask/hl7/byte-table.ts';
import { type FreshOutcome, OutcomeMemory } from '../../../src/mask/hl7/memory.ts';
import { KnownNeeds } from '../../../src/mask/hl7/needs.ts';
import { WaitingBytes } from '../../../src/mask/hl7/waiting.ts';
import { actionsOf, contextOf, masked } from './doubles.ts';

const header = (charset = '') => `MSH|^~\\&|||||||ORU^R01|1|P|2.5||||||${charset}`;

/** The masking of a message after others were masked, three times each, and as the first one of all. */
function afterAndAlone(
  before: readonly string[],
  text: string,
  words: readonly string[],
  project: object = {},
) {
  const context = contextOf(project, words);
  for (const one of before) for (let time = 0; time < 3; time++) masked(one, context);
  return { after: masked(text, context), alone: masked(text, contextOf(project, words)) };
}

describe('a segment that was seen before', () => {
  test('ends the text that ran up to it, as it did then', () => {
    const text = `${header()}\nOBX|1|TX|1^A||JO\nOBX|2|NM|9^B||5\nOBX|3|TX|1^A||HN`;
    const { after, alone } = afterAndAlone([`${header()}\nOBX|2|NM|9^B||5`], text, ['JO HN']);
    expect(alone).toContain('|JO\n');
    expect(after).toBe(alone);
    const joined = masked(`${header()}\nOBX|1|TX|1^A||JO\nOBX|3|TX|1^A||HN`, contextOf({}, ['JO HN']));
    expect(joined).toContain('|[X]\n');
  });

  test('brings nothing with it of the text that ended there', () => {
    const before = `${header()}\nOBX|1|TX|1^A||JOHN\nOBX|2|NM|9^B||5`;
    const { after, alone } = afterAndAlone([before], `${header()}\nOBX|2|NM|9^B||5`, ['JOHN']);
    expect(alone).toContain('OBX|2|NM|9^B||5');
    expect(after).toBe(alone);
  });

  test('is read by the character set of its own message', () => {
    const segment = 'AL1|1||||\xc4bel';
    const { after, alone } = afterAndAlone(
      [`${header('8859/1')}\n${segment}`],
      `${header('8859/5')}\n${segment}`,
      ['Äbel'],
    );
    expect(masked(`${header('8859/1')}\n${segment}`, contextOf({}, ['Äbel']))).toContain('AL1|1||||[X]');
    expect(alone).toContain(segment);
    expect(after).toBe(alone);
  });

  test('is masked for its own patient', () => {
    const message = (id: string) => `${header()}\nPID|1||${id}^^^H||DOE^JANE\nOBX|1|PN|1^A||DOE^JANE`;
    const { after, alone } = afterAndAlone([message('7')], message('8'), []);
    expect(alone).toContain('PT:8@H');
    expect(after).toBe(alone);
  });

  test('writes a text of project.yaml in the character set of its own message', () => {
    const project = {
      hl7: { routing: { HOSP: 'S\xdcD' } },
      rules: { hl7: [{ at: 'PV1-3', action: { do: 'replace', with: '\u0141 \xfc' } }] },
    };
    const message = (charset: string) => `${header(charset).replace('||||', '|HOSP|||')}\nPV1|1|I|W1^2`;
    const { after, alone } = afterAndAlone([message('8859/1')], message('UNICODE UTF-8'), [], project);
    expect(alone).toContain('|S\xc3\x9cD|');
    expect(alone).toContain('|\xc5\x81 \xc3\xbc^');
    expect(after).toBe(alone);
    const latin = afterAndAlone([message('UNICODE UTF-8')], message('8859/1'), [], project);
    expect(latin.alone).toContain('|? \xfc^');
    expect(latin.after).toBe(latin.alone);
  });

  test('is counted as often as it comes, in a message longer than a call has room for arguments', () => {
    const actions = actionsOf(`${header()}\n${'AL1|1||||rash|19990101\n'.repeat(150_000)}`);
    expect(actions.filter(({ attribute }) => attribute === 'AL1-6')).toHaveLength(150_000);
  });
});

describe('the memory of outcomes', () => {
  const nothing: FreshOutcome = { changes: [], needs: [], actions: [], endsRun: false };
  const keep = (memory: OutcomeMemory, text: string, made: FreshOutcome) => {
    const source = spanOf(Buffer.from(text));
    memory.keep(1, hashOf(source, 0, text.length), source.bytes, 0, text.length, made);
  };
  const finds = (memory: OutcomeMemory, text: string) => {
    const source = spanOf(Buffer.from(text));
    return memory.find(1, hashOf(source, 0, text.length), source, 0, text.length) !== undefined;
  };

  test('begins anew where what it keeps has many parts, however few entries that is', () => {
    const memory = new OutcomeMemory(256, new KnownNeeds());
    const waiting = WaitingBytes.of(Array.from({ length: 1000 }, () => () => 'X'));
    const large = { ...nothing, changes: [{ start: 0, end: 1, bytes: undefined, waiting }] };
    keep(memory, 'first', nothing);
    for (let at = 0; at < 150; at++) keep(memory, `large ${at}`, large);
    expect(finds(memory, 'first')).toBe(true);
    for (let at = 150; at < 300; at++) keep(memory, `large ${at}`, large);
    expect(finds(memory, 'first')).toBe(false);
    expect(finds(memory, 'large 299')).toBe(true);
  });
});
