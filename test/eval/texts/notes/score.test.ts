import { describe, expect, it } from 'vitest';
import { type Note, parseNotes } from '../../../../eval/texts/notes/read.ts';
import { type Find, scoreNotes } from '../../../../eval/texts/notes/score.ts';

const notes: Note[] = parseNotes(
  [
    '@@ a | dev\nSeen: ⟦NAME:Ann Lee⟧ of ⟦LOC:Gary⟧, ⟦MAY:IN⟧. Foley out.',
    '@@ b | dev | decoy\nGCS 15, Foley in.',
    '@@ c | dev | decoy\nGCS 15.',
  ].join('\n'),
  'a.txt',
).map((note, at) => ({ ...note, id: `dev ${at + 1}` }));

const findAll =
  (pattern: RegExp): Find =>
  (text) =>
    [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));

const figure = async (find: Find, what: string) =>
  (await scoreNotes(notes, find)).goals.find((goal) => goal.what === what)?.value;

describe('scoreNotes', () => {
  it('tells touched from fully covered', async () => {
    const find = findAll(/Ann|Gary/g);
    expect(await figure(find, 'spans touched')).toBe(100);
    expect(await figure(find, 'spans fully covered')).toBe(50);
    expect(await figure(find, '  NAME fully covered')).toBe(0);
    expect(await figure(find, '  LOC fully covered')).toBe(100);
  });

  it('takes two flags on both sides of a space for full cover', async () => {
    expect(await figure(findAll(/Ann|Lee/g), '  NAME fully covered')).toBe(100);
  });

  it('counts flags that touch no identifier, and not what is arguable', async () => {
    const find = findAll(/IN|Foley/g);
    expect(await figure(find, 'flags off any identifier')).toBeCloseTo(1000 / 8);
    expect(await figure(find, 'decoy notes flagged')).toBe(50);
    expect(await figure(find, 'flags in decoy notes')).toBeCloseTo(1000 / 6);
  });

  it('makes flags that overlap one, and refuses flags that are none', async () => {
    const twice: Find = (text) => {
      const start = text.indexOf('Foley');
      return start < 0
        ? []
        : [
            { start, end: start + 5 },
            { start: start + 1, end: start + 3 },
          ];
    };
    expect(await figure(twice, 'flags off any identifier')).toBeCloseTo(1000 / 8);
    await expect(scoreNotes(notes, () => [{ start: 0, end: 1000 }])).rejects.toThrow('a flag from 0 to 1000');
  });

  it('names what was missed', async () => {
    const { misses } = await scoreNotes(notes, findAll(/Ann|Foley in/g));
    expect(misses).toEqual([
      'dev 1 (a) in part: NAME "Ann Lee"',
      'dev 1 (a) missed: LOC "Gary"',
      'dev 2 (b) flagged: "Foley in"',
    ]);
  });

  it('holds to what is wanted, with the interval of each share', async () => {
    const { goals } = await scoreNotes(notes, findAll(/Ann Lee|Gary/g));
    const bounds = goals
      .map(({ atLeast, atMost }) => atLeast ?? atMost)
      .filter((bound) => bound !== undefined);
    expect(bounds).toEqual([98, 96, 8, 18.75]);
    expect(goals[0]?.of).toBe('2 of 2, 34.2 to 100.0 %');
  });
});
