import { describe, expect, it } from 'vitest';
import { FEATURES, featuresOf, fieldsOf, HASH_BITS, IDENTITY } from '../../../src/detect/tagger/features.ts';
import { at, type Field, rowOf } from '../../../src/detect/tagger/fields.ts';
import { partsOf, TEMPLATES } from '../../../src/detect/tagger/templates.ts';
import { tokenize } from '../../../src/detect/tagger/tokens.ts';
import { Vocabulary } from '../../../src/detect/tagger/vocabulary.ts';

const vocabulary = new Vocabulary();

/** A field of the tokens of a text, by the token's own letters (the last of those that are alike). */
function fieldOf(text: string, field: Field): Record<string, number> {
  const tokens = tokenize(text);
  const fields = fieldsOf(text, tokens, vocabulary);
  return Object.fromEntries(
    Array.from({ length: tokens.count }, (_, i) => [
      text.slice(tokens.starts[i], tokens.ends[i]),
      fields[rowOf(i) + at[field]] ?? 0,
    ]),
  );
}

describe('featuresOf', () => {
  it('gives as many hashes as there are templates and one more, all within the table', () => {
    const text = 'seen by Okafor re 5/6';
    const tokens = tokenize(text);
    const out = new Int32Array(FEATURES);
    featuresOf(fieldsOf(text, tokens, vocabulary), 2, out, 0);
    expect(FEATURES).toBe(TEMPLATES.length + 1);
    expect(out.every((hash) => hash >= 0 && hash < 2 ** HASH_BITS)).toBe(true);
  });

  it('knows each field that a template names', () => {
    for (const template of TEMPLATES) {
      for (const [distance, field] of partsOf(template)) {
        expect(at[field], field).toBeDefined();
        expect(Math.abs(distance)).toBeLessThanOrEqual(3);
      }
    }
  });

  it('calls features by identity those that name the word itself, not its neighbours', () => {
    const named = IDENTITY.map((i) => TEMPLATES[i]);
    expect(named).toContainEqual(['lower']);
    expect(named).not.toContainEqual(['lower-1']);
  });
});

describe('groups', () => {
  it('tells all tokens of a date or code the form of the whole', () => {
    const forms = fieldOf('drawn 5/6.', 'group');
    expect(forms['5']).toBe(forms['6']);
    expect(forms['/']).toBe(forms['5']);
    expect(forms.drawn).toBe(0);
    expect(forms['.']).toBe(0);
  });

  it('tells a day from a score by what the numbers may be', () => {
    const form = (text: string) => fieldOf(text, 'group')['/'];
    expect(form('3/28')).not.toBe(form('3/5'));
    expect(form('3/5')).not.toBe(form('3/10'));
    expect(form('03/05')).not.toBe(form('3/5'));
    expect(form('3/27')).toBe(form('5/28'));
  });

  it('tells what stands before and behind the whole, from its last token too', () => {
    const before = fieldOf('no. NP-F-339920 sent', 'beforeGroup');
    const behind = fieldOf('no. NP-F-339920 sent', 'behindGroup');
    expect(before['339920']).toBe(before.NP);
    expect(behind.NP).toBe(behind['339920']);
    expect(behind.NP).not.toBe(0);
  });

  it('leaves words without a digit alone', () => {
    expect(fieldOf('Smith-Jones', 'group')).toEqual({ Smith: 0, '-': 0, Jones: 0 });
  });
});

describe('labels', () => {
  it('tells a value its label, until another one or the end of the line', () => {
    const labels = fieldOf('Seen: Okafor Ward: Elm\nBrixby', 'label');
    expect(labels.Okafor).toBeGreaterThan(0);
    expect(labels.Elm).not.toBe(labels.Okafor);
    expect(labels.Brixby).toBe(0);
  });

  it('forgets a label after some words', () => {
    expect(fieldOf('Seen: a b c d e f g h i j k Okafor', 'label').Okafor).toBe(0);
  });

  it('tells the nearest cue before a token', () => {
    const cues = fieldOf('wife says that it was Okafor\nOkapi', 'lastCue');
    expect(cues.Okafor).toBeGreaterThan(0);
    expect(cues.Okapi).toBe(0);
  });
});
