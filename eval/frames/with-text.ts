import { FACES, face, fitting } from '../draw/faces.ts';
import { type Ground, type GroundName, ground } from '../draw/grounds.ts';
import { type Lettering, letter, turned } from '../draw/lettering.ts';
import { Random } from '../random.ts';
import { burnedIn, type TextLine, technique } from './identifiers.ts';
import { inkInto, Places } from './place.ts';
import type { Sample, Token } from './sample.ts';
import { type Storage, stored, type Tint } from './store.ts';

/** Of the em square, in pixels. */
const SIZES = [8, 40] as const;
const PICTURES = [
  [640, 480],
  [800, 600],
  [512, 512],
  [720, 576],
] as const;
const PLAIN: readonly GroundName[] = [
  'black',
  'dark',
  'grey',
  'bright',
  'ramp',
  'fan',
  'speckle',
  'slice',
  'radiograph',
];
const QUIET: readonly GroundName[] = ['black', 'dark', 'grey', 'bright'];
const STORAGES: readonly Storage[] = ['native 8', 'native 16', 'native rgb', 'jpeg grey', 'jpeg rgb'];
const TINTS: readonly Tint[] = [
  [1, 1, 0],
  [0.2, 1, 0.3],
  [0.3, 0.9, 1],
  [1, 0.65, 0.2],
];

/** Frames with burned-in lines that identify an invented person, one manner of writing a frame. */
export async function framesWithText(
  set: keyof typeof FACES,
  count: number,
  seed: number,
): Promise<Sample[]> {
  const made: Sample[] = [];
  for (let i = 0; i < count; i++) made.push(await frameWithText(set, new Random(seed * 100_003 + i), i));
  return made;
}

/** Ultrasound-like frames whose text names nobody. */
export async function framesOfTechnique(
  set: keyof typeof FACES,
  count: number,
  seed: number,
): Promise<Sample[]> {
  const made: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const random = new Random(seed * 200_003 + i);
    const lines = Array.from({ length: random.whole(3, 9) }, () => technique(random));
    const size = random.pick([12, 13, 14, 16, 18, 20]);
    const sample = await written(set, random, i, lines, {
      manner: 'plain',
      name: 'fan',
      size,
      turn: 0,
      beside: true,
    });
    made.push({ ...sample, name: `technique ${i}` });
  }
  return made;
}

const sizeClass = (size: number): string =>
  size < 10
    ? '8 to 9'
    : size < 13
      ? '10 to 12'
      : size < 17
        ? '13 to 16'
        : size < 25
          ? '17 to 24'
          : '25 to 40';

/** Vector faces below this size are drawn with soft edges. */
const SMALLEST_HARD = 12;

/** Frames as an ultrasound machine makes them: identifying lines and technique beside the fan, in one readable face. */
export async function ultrasoundFrames(
  set: keyof typeof FACES,
  count: number,
  seed: number,
): Promise<Sample[]> {
  const made: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const random = new Random(seed * 600_011 + i);
    const lines = [...burnedIn(random), ...Array.from({ length: 4 }, () => technique(random))];
    const plan = {
      manner: 'plain',
      name: 'fan',
      size: random.pick([13, 14, 16]),
      turn: 0,
      beside: true,
    } as const;
    made.push(await written(set, random, i, lines, plan));
  }
  return made;
}

type Manner = 'plain' | 'faint' | 'outlined' | 'coloured' | 'tight';

function frameWithText(set: keyof typeof FACES, random: Random, i: number): Promise<Sample> {
  const manner: Manner = random.pick(['plain', 'plain', 'plain', 'faint', 'outlined', 'coloured', 'tight']);
  const name = random.pick(manner === 'faint' ? QUIET : PLAIN);
  const turn = random.chance(0.75) ? 0 : random.pick([90, 180, 270] as const);
  return written(set, random, i, burnedIn(random), { manner, name, turn, size: random.whole(...SIZES) });
}

interface Plan {
  readonly manner: Manner;
  readonly name: GroundName;
  readonly size: number;
  readonly turn: 0 | 90 | 180 | 270;
  /** Beside the picture of the body, where scanners write. */
  readonly beside?: boolean;
}

async function written(
  set: keyof typeof FACES,
  random: Random,
  i: number,
  lines: readonly TextLine[],
  { manner, name, size: wanted, turn, beside = false }: Plan,
): Promise<Sample> {
  const [width, height] = random.pick(PICTURES);
  const picture = ground(name, random, width, height);
  const typeface = random.pick(FACES[set]);
  const { size, soft } = fitting(typeface, wanted);
  // Small letters without hinting and without soft edges lose strokes: no scanner draws them so.
  const smooth = soft && (random.chance(0.7) || size < SMALLEST_HARD);
  const storage =
    manner === 'coloured' ? random.pick(['native rgb', 'jpeg rgb'] as const) : random.pick(STORAGES);
  const atBorder = random.chance(0.25);
  const tint = manner === 'coloured' ? random.pick(TINTS) : undefined;
  const tints = new Map<number, Tint>();
  const places = new Places(width, height);
  const style = {
    face: face(typeface),
    size,
    smooth,
    outlined: manner === 'outlined',
    tight: manner === 'tight' ? Math.max(0.5, size / 18) : 0,
  };
  const tokens: Token[] = [];
  const step = 0.12 + 0.12 * random.next();
  for (const line of lines) {
    const lettering = turned(await letter(line.words, style), turn);
    const room = Math.max(4, Math.round(size * 0.4));
    const spot = places.find(lettering, random, atBorder, room, (box) => !beside || isDark(picture, box));
    if (spot === undefined) continue;
    const around = meanUnder(picture, lettering, spot);
    const level = manner === 'faint' ? faint(around, step) : plain(around, manner === 'coloured', random);
    const drawn = inkInto(picture, lettering, spot, level, line.identifying);
    tokens.push(...drawn);
    if (tint) for (const { ink } of drawn) tintAt(tints, ink, width, tint);
  }
  const { quality, ...file } = await stored(picture, storage, random, tints);
  const traits = {
    manner,
    ground: name,
    size: sizeClass(size),
    turn: String(turn),
    face: typeface,
    storage,
    edges: smooth ? 'smooth' : 'hard',
    place: atBorder ? 'border' : 'inside',
    ...(quality !== undefined && { quality: quality < 75 ? 'under 75' : 'from 75' }),
  };
  return {
    name: `text ${i}`,
    traits,
    ...file,
    frame: 0,
    tokens,
    crossSection: false,
    ultrasound: name === 'fan',
  };
}

/** Nothing of the body shows there; every fourth pixel tells. */
function isDark({ width, height, level }: Ground, [x, y, w, h]: readonly [number, number, number, number]) {
  for (let v = Math.max(0, y); v < Math.min(height, y + h); v += 4) {
    for (let u = Math.max(0, x); u < Math.min(width, x + w); u += 4) {
      if ((level[v * width + u] as number) > 0.05) return false;
    }
  }
  return true;
}

function meanUnder(
  picture: Ground,
  { width, height }: Lettering,
  [left, top]: readonly [number, number],
): number {
  let [sum, count] = [0, 0];
  for (let y = Math.max(0, top); y < Math.min(picture.height, top + height); y++) {
    for (let x = Math.max(0, left); x < Math.min(picture.width, left + width); x++, count++) {
      sum += picture.level[y * picture.width + x] as number;
    }
  }
  return count === 0 ? 0 : sum / count;
}

const faint = (around: number, step: number): number => (around > 0.5 ? around - step : around + step);

function plain(around: number, light: boolean, random: Random): number {
  if (light || around < 0.55) return Math.min(1, Math.max(around + 0.4, 0.75 + 0.25 * random.next()));
  return Math.max(0, Math.min(around - 0.45, 0.15 * random.next()));
}

function tintAt(tints: Map<number, Tint>, ink: readonly number[], width: number, tint: Tint): void {
  for (let k = 0; k < ink.length; k += 2)
    tints.set((ink[k + 1] as number) * width + (ink[k] as number), tint);
}
