import { describe, expect, it } from 'vitest';
import { Random } from '../../../../eval/random.ts';
import {
  type Piece,
  parseTemplate,
  render,
  type Slot,
  template,
} from '../../../../eval/texts/generate/template.ts';

const slots = new Map<string, Slot>([
  ['name', { label: 'NAME', fill: () => template('{given} {family}') }],
  ['given', { label: 'NAME', fill: () => 'Ada' }],
  ['family', { fill: () => 'Thorn' }],
  ['number', { label: 'ID', fill: ({ random }) => String(random.whole(0, 1e9)) }],
]);

const filled = (frame: string): Piece[] =>
  render(parseTemplate(frame), slots, { random: new Random(1), isFemale: true, kept: new Map() });

describe('a frame', () => {
  it('gives each slot a piece of its own, labelled as the slot is', () => {
    expect(filled('Seen by {name}.')).toEqual([
      { text: 'Seen by ' },
      { text: 'Ada Thorn', label: 'NAME' },
      { text: '.' },
    ]);
  });

  it('writes a slot in capitals or small letters', () => {
    expect(filled('{name^}{name~}').map(({ text }) => text)).toEqual(['ADA THORN', 'ada thorn']);
  });

  it('repeats a filling that has a key', () => {
    const [first, second] = filled('{number=1}{number=1}');
    expect(second).toEqual(first);
  });

  it('chooses one branch, with the slots in it', () => {
    const text = filled('<a {name}|b {name}> end')
      .map((piece) => piece.text)
      .join('');
    expect(text).toMatch(/^[ab] Ada Thorn end$/);
  });

  it('keeps marks that a backslash precedes', () => {
    expect(filled('\\<p\\>|\\n|\\{x\\}').map(({ text }) => text)).toEqual(['<p>|\n|{x}']);
  });

  it('is refused where a mark is left open or a slot is unknown', () => {
    expect(() => parseTemplate('{name')).toThrow('open brace');
    expect(() => parseTemplate('<a|b')).toThrow('open choice');
    expect(() => filled('{nobody}')).toThrow('no slot nobody');
  });
});
