import type { Random } from '../../random.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const SETS: Readonly<Record<string, string>> = {
  d: '0123456789',
  U: LETTERS,
  l: LETTERS.toLowerCase(),
  x: '0123456789abcdef',
  A: `${LETTERS}0123456789`,
};

/**
 * Fills a slot of characters: `d4` four digits, `D4` four of which the first is no zero, `U2` capitals, `l3` small
 * letters, `x8` hexadecimal, `A6` capitals and digits; `1-28` a number of that range, `01-28` padded to the width of
 * its start. Undefined where the name is no such slot.
 */
export function numberSlot(name: string): ((random: Random) => string) | undefined {
  const run = /^([dDUlxA])(\d+)$/.exec(name);
  if (run !== null) {
    const [, kind = 'd', size = '1'] = run;
    const characters = [...(SETS[kind === 'D' ? 'd' : kind] ?? '')];
    return (random) => {
      let text = kind === 'D' ? String(random.whole(1, 9)) : '';
      while (text.length < Number(size)) text += random.pick(characters);
      return text;
    };
  }
  const range = /^(\d+)-(\d+)$/.exec(name);
  if (range === null) return undefined;
  const [, from = '0', to = '0'] = range;
  return (random) => String(random.whole(Number(from), Number(to))).padStart(from.length, '0');
}
