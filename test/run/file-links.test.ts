import { describe, expect, it } from 'vitest';
import { linkDetector } from '../../src/detect/links/detector.ts';
import type { Hit } from '../../src/model/finding.ts';
import type { Passage } from '../../src/model/passage.ts';
import { changedSince, FileLinks } from '../../src/run/file-links.ts';

const passage = (text: string, locus = text): Passage => ({
  text,
  locus,
  place: 'text',
  hints: { format: 'text' },
});
const named = (text: string, name: string): Hit => ({
  start: text.indexOf(name),
  end: text.indexOf(name) + name.length,
  category: 'A',
  detector: 'tagger',
  rule: 'tagger.name',
  tier: 'suspect',
  confidence: 0.9,
});
const search = (links: FileLinks): string[] =>
  [...links.search(linkDetector(links.names).detect)].map(
    ({ passage: { locus }, part }) => `${locus}${part === undefined ? '' : ` part ${part}`}`,
  );

describe('the links of a file', () => {
  it('reach passages before and behind the one that shows the name', () => {
    const links = new FileLinks();
    links.keep(passage('of vandersloot', 'before'), 0, []);
    links.learn('Mrs Vandersloot', [named('Mrs Vandersloot', 'Vandersloot')]);
    links.keep(passage('Vandersloot again', 'behind'), 2, []);
    expect(search(links)).toEqual(['before part 0', 'behind part 2']);
    expect(search(links)).toEqual([]);
  });

  it('leave what was found there already', () => {
    const links = new FileLinks();
    const text = 'Mrs Vandersloot and vandersloot';
    links.learn(text, [named(text, 'Vandersloot')]);
    links.keep(passage(text), undefined, [named(text, 'Vandersloot')]);
    expect([...links.search(linkDetector(links.names).detect)].map(({ hit }) => hit.start)).toEqual([20]);
  });

  it('take a time that grows with a text, emoji or not, and not with its square', () => {
    const links = new FileLinks();
    const line = '😀 Mrs Vandersloot, vandersloot. ';
    const [text, length] = [line.repeat(40_000), [...line].length];
    const hits = Array.from({ length: 40_000 }, (_, i) => ({
      ...named(text, 'Vandersloot'),
      start: i * length + 6,
      end: i * length + 17,
    }));
    const began = performance.now();
    links.learn(text, hits);
    links.keep(passage(text, 'page'), undefined, hits);
    expect(search(links)).toHaveLength(40_000);
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('ask for a search before too much is kept, and go on with the names they have', () => {
    const links = new FileLinks();
    const page = passage(`${'no name here '.repeat(80_000)}vandersloot`, 'page');
    let pages = 1;
    while (!links.keep(page, undefined, [])) pages += 1;
    expect(pages).toBeLessThan(80);
    expect(search(links)).toEqual([]);
    links.learn('Vandersloot', [named('Vandersloot', 'Vandersloot')]);
    links.keep(passage('of vandersloot', 'later'), undefined, []);
    expect(search(links)).toEqual(['later']);
  });
});

describe('what masking changed', () => {
  it('is asked for names, once, and nothing else is', () => {
    const asked: string[] = [];
    const finder = {
      id: 'finder',
      detect: ({ text }: Passage) => {
        asked.push(text);
        return [named(text, 'Vandersloot')];
      },
    };
    const originals = ['seen Vandersloot', 'seen Vandersloot', 'lungs clear', '12'].map((text) =>
      passage(text),
    );
    const staged = ['seen [NAME]', 'lungs clear'].map((text) => passage(text));
    expect([...changedSince(originals, staged, false, [finder])].map(({ text }) => text)).toEqual([
      'seen Vandersloot',
    ]);
    expect(asked).toEqual(['seen Vandersloot']);
  });

  it('is asked where a place has lost a word of a name, whatever stands there instead, or is gone', () => {
    const finder = { id: 'finder', detect: () => [] };
    const originals = [
      passage('seen by Vandersloot', 'a'),
      passage('Vandersloot on 3 May', 'b'),
      passage('Vandersloot alone', 'c'),
      passage('call Vandersloot 555-0134', 'd'),
      passage('told Vandersloot of it', 'e'),
      { ...passage('CT for Dr. Vandersloot', 'g'), hints: { format: 'hl7', dataType: 'CE' } } as const,
      { ...passage('VANDERSLOOT^OTTOLINE', 'f'), hints: { format: 'hl7', typed: 'A' } } as const,
    ];
    const staged = [
      passage('seen by [NAME]', 'a'),
      passage('Vandersloot on [DATE]', 'b'),
      passage('call [PHONE]', 'd'),
      passage('told somebody of it', 'e'),
      passage('told nobody of it', 'e'),
      passage('DOE^SUBJECT', 'f'),
      passage('CT for [NAME]', 'g'),
    ];
    const asked = (samePlaces: boolean) =>
      [...changedSince(originals, staged, samePlaces, [finder])].map(({ text }) => text);
    expect(asked(true)).toEqual([
      'seen by Vandersloot',
      'Vandersloot alone',
      'call Vandersloot 555-0134',
      'told Vandersloot of it',
      'CT for Dr. Vandersloot',
    ]);
    expect(asked(false)).toHaveLength(7);
  });
});
