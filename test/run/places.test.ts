import { describe, expect, it } from 'vitest';
import { readHl7File } from '../../src/hl7/file.ts';
import { BytePlaces, hl7Places, placeOf } from '../../src/run/places.ts';

const MESSAGE = 'MSH|^~\\&|A||||2019||ORU^R01|1|P|2.5\rOBX|1|ST|X^Y||one\rOBX|2|ST|X^Y||two\r';

describe('places of bytes', () => {
  it('of messages are named as passages name them', () => {
    const places = hl7Places(readHl7File(Buffer.from(MESSAGE)));
    const texts = places.map(({ locus, start, end }) => `${locus} ${MESSAGE.slice(start, end)}`);
    expect(texts).toEqual(expect.arrayContaining(['MSH-9 ORU^R01', 'OBX[1]-5 one', 'OBX[2]-5 two']));
    const two = hl7Places(readHl7File(Buffer.from(MESSAGE + MESSAGE)));
    expect(two.map(({ locus }) => locus)).toContain('message[1] OBX[2]-5');
  });

  it.each([
    ['PID-5.1', 'PID-5'],
    ['message[3] OBX[2]-5[1].2.1', 'message[3] OBX[2]-5'],
    ['(0040,0275)[0].(0032,1060)', '(0040,0275)[0].(0032,1060)'],
    ['trailing', 'trailing'],
  ])('of a locus: %s is in %s', (locus, place) => {
    expect(placeOf(locus)).toBe(place);
  });

  it('hold what lies in them whole', () => {
    const places = new BytePlaces([
      { start: 20, end: 28, locus: 'b' },
      { start: 4, end: 10, locus: 'a' },
    ]);
    expect(places.at(4, 10)?.locus).toBe('a');
    expect(places.at(22, 28)?.locus).toBe('b');
    expect(places.at(8, 12)).toBeUndefined();
    expect(places.at(0, 3)).toBeUndefined();
    expect(places.at(12, 15)).toBeUndefined();
  });
});
