import { face, HANDWRITING } from '../draw/faces.ts';
import { type GroundName, ground } from '../draw/grounds.ts';
import { letter } from '../draw/lettering.ts';
import { SYMBOLS, symbol } from '../draw/symbols.ts';
import { Random } from '../random.ts';
import { burnedIn } from './identifiers.ts';
import { inkInto, Places } from './place.ts';
import type { Sample, Token } from './sample.ts';
import { stored } from './store.ts';

const NAMES: readonly GroundName[] = [
  'black',
  'grey',
  'ramp',
  'fan',
  'speckle',
  'slice',
  'slice',
  'radiograph',
  'noise',
  'phantom',
  'vessels',
  'rulers',
  'ridges',
  'cells',
  'chart',
];

/** Frames in which nobody has written anything. */
export async function framesWithoutText(count: number, seed: number): Promise<Sample[]> {
  const made: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const random = new Random(seed * 300_007 + i);
    const name = NAMES[i % NAMES.length] ?? 'black';
    const [width, height] = random.pick([
      [640, 480],
      [512, 512],
      [256, 256],
      [800, 600],
    ] as const);
    const storage = random.pick(['native 8', 'native 16', 'jpeg grey'] as const);
    const { description, data } = await stored(
      ground(name, random, width, height),
      storage,
      random,
      new Map(),
    );
    made.push({
      name: `no text ${i}`,
      traits: { ground: name, storage },
      description,
      data,
      frame: 0,
      tokens: [],
      crossSection: name === 'slice',
      ultrasound: name === 'fan' || name === 'rulers',
    });
  }
  return made;
}

/** Frames with a bar code of each kind. */
export async function framesWithCodes(count: number, seed: number): Promise<Sample[]> {
  const made: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const random = new Random(seed * 400_009 + i);
    const kind = SYMBOLS[i % SYMBOLS.length] ?? 'code128';
    const picture = ground(random.pick(['black', 'fan', 'bright', 'radiograph', 'slice']), random, 640, 480);
    const content = kind === 'ean13' ? '590123412345' : `MRN${random.whole(1_000_000, 9_999_999)}`;
    const code = symbol(kind, content);
    const matrix = kind === 'qrcode' || kind === 'datamatrix';
    const module = random.whole(2, matrix ? 5 : 3);
    const quiet = 4;
    const [left, top] = [
      random.whole(0, 639 - (code.width + 2 * quiet) * module),
      random.whole(0, 479 - (code.height + 2 * quiet) * module),
    ];
    for (let y = 0; y < (code.height + 2 * quiet) * module; y++) {
      for (let x = 0; x < (code.width + 2 * quiet) * module; x++) {
        const [cx, cy] = [Math.floor(x / module) - quiet, Math.floor(y / module) - quiet];
        picture.level[(top + y) * 640 + left + x] = code.dark(cx, cy) ? 0.05 : 0.95;
      }
    }
    const { description, data } = await stored(
      picture,
      random.pick(['native 8', 'jpeg grey', 'native 16'] as const),
      random,
      new Map(),
    );
    made.push({
      name: `code ${i}`,
      traits: { code: kind, module: String(module) },
      description,
      data,
      frame: 0,
      tokens: [],
      unreadable: true,
      crossSection: false,
      ultrasound: false,
    });
  }
  return made;
}

/** Frames with a line as a pen writes it. */
export async function framesWithHandwriting(count: number, seed: number): Promise<Sample[]> {
  const made: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const random = new Random(seed * 500_009 + i);
    const picture = ground(random.pick(['bright', 'radiograph', 'black']), random, 640, 480);
    const places = new Places(640, 480);
    const tokens: Token[] = [];
    for (const line of burnedIn(random).slice(0, 2)) {
      const lettering = await letter(line.words, {
        face: face(HANDWRITING),
        size: random.whole(26, 44),
        smooth: true,
        outlined: false,
        tight: 0.5,
      });
      const spot = places.find(lettering, random, false, 6);
      if (spot === undefined) continue;
      tokens.push(
        ...inkInto(
          picture,
          lettering,
          spot,
          (picture.level[0] as number) > 0.5 ? 0.05 : 0.95,
          line.identifying,
        ),
      );
    }
    const { description, data } = await stored(picture, 'native 8', random, new Map());
    made.push({
      name: `pen ${i}`,
      traits: { pen: 'caveat' },
      description,
      data,
      frame: 0,
      tokens,
      unreadable: true,
      crossSection: false,
      ultrasound: false,
    });
  }
  return made;
}
