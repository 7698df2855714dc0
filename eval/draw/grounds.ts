import type { Random } from '../random.ts';

/** A picture of levels from 0 (black) to 1 (white), before it is stored in bits. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly level: Float32Array;
}

export type GroundName = keyof typeof GROUNDS;

type Paint = (random: Random, width: number, height: number) => Float32Array;

function painted(width: number, height: number, at: (x: number, y: number) => number): Float32Array {
  const level = new Float32Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) level[y * width + x] = at(x, y);
  return level;
}

/** Smooth noise: random values on a coarse grid, blended between its points. */
function clouds(
  random: Random,
  width: number,
  height: number,
  step: number,
): (x: number, y: number) => number {
  const columns = Math.ceil(width / step) + 2;
  const grid = Float32Array.from({ length: columns * (Math.ceil(height / step) + 2) }, () => random.next());
  const at = (i: number, j: number) => grid[j * columns + i] as number;
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [i, j] = [Math.floor(x / step), Math.floor(y / step)];
    const [u, v] = [ease(x / step - i), ease(y / step - j)];
    return (
      (at(i, j) * (1 - u) + at(i + 1, j) * u) * (1 - v) + (at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u) * v
    );
  };
}

const flat =
  (from: number, to: number): Paint =>
  (random, width, height) =>
    new Float32Array(width * height).fill(from + random.next() * (to - from));

/** A fan of speckle on black, as a curved probe makes it. */
const fan: Paint = (random, width, height) => {
  const [cx, cy] = [width / 2, -height * (0.02 + 0.1 * random.next())];
  const reach = height * (0.8 + 0.15 * random.next());
  const half = 0.5 + 0.3 * random.next();
  const [coarse, fine] = [clouds(random, width, height, 60), clouds(random, width, height, 17)];
  return painted(width, height, (x, y) => {
    const [dx, dy] = [x - cx, y - cy];
    const radius = Math.hypot(dx, dy);
    if (radius > reach || radius < height * 0.15 || Math.abs(Math.atan2(dx, dy)) > half) return 0.01;
    const tissue = 0.15 + 0.5 * coarse(x, y) * fine(x, y);
    return Math.min(1, tissue * (0.35 + Math.abs(random.normal()) * 0.8));
  });
};

/** Speckle to the borders of the picture. */
const speckle: Paint = (random, width, height) => {
  const coarse = clouds(random, width, height, 40);
  const grain = painted(width, height, () => Math.abs(random.normal()));
  return painted(width, height, (x, y) => {
    const near = (grain[y * width + x] as number) + (grain[y * width + Math.max(0, x - 1)] as number);
    return Math.min(0.62, (0.08 + 0.28 * coarse(x, y)) * near * 0.7);
  });
};

/** A body in air with a table below, bones and soft tissue in it. */
const slice: Paint = (random, width, height) => {
  const organs = Array.from({ length: 14 }, () => ({
    x: width * (0.3 + 0.4 * random.next()),
    y: height * (0.35 + 0.3 * random.next()),
    rx: width * (0.02 + 0.1 * random.next()),
    ry: height * (0.02 + 0.1 * random.next()),
    level: 0.3 + 0.4 * random.next(),
  }));
  const bones = Array.from({ length: 10 }, (_, i) => ({
    x: width * (0.5 + 0.33 * Math.cos((i / 10) * 2 * Math.PI)),
    y: height * (0.5 + 0.26 * Math.sin((i / 10) * 2 * Math.PI)),
    r: 3 + 9 * random.next(),
  }));
  return painted(width, height, (x, y) => {
    const noise = 0.025 * random.normal();
    const body = Math.hypot((x - width / 2) / (width * 0.41), (y - height / 2) / (height * 0.34));
    if (body > 1) {
      const table = Math.abs(y - height * 0.87 - ((x - width / 2) / width) ** 2 * 40) < 2;
      return Math.max(0, (table ? 0.35 : 0.02) + noise);
    }
    let level = body > 0.93 ? 0.3 : 0.42;
    for (const organ of organs) {
      if (Math.hypot((x - organ.x) / organ.rx, (y - organ.y) / organ.ry) < 1) level = organ.level;
    }
    for (const bone of bones) if (Math.hypot(x - bone.x, y - bone.y) < bone.r) level = 0.92;
    return Math.min(1, Math.max(0, level + noise));
  });
};

/** Lungs, ribs and a spine in broad gradients. */
const radiograph: Paint = (random, width, height) => {
  const cloud = clouds(random, width, height, 90);
  const vessels = clouds(random, width, height, 22);
  return painted(width, height, (x, y) => {
    const u = (x - width / 2) / width;
    const lung = Math.exp(-(((Math.abs(u) - 0.22) / 0.13) ** 2) - ((y / height - 0.45) / 0.28) ** 2);
    const rib = 0.1 * Math.max(0, Math.sin(y / 13 + Math.abs(u) * 14)) ** 3;
    const spine = 0.25 * Math.exp(-((u / 0.05) ** 2));
    const level =
      0.72 - 0.5 * lung + rib * lung * 2 + spine + 0.12 * (cloud(x, y) - 0.5) + 0.08 * vessels(x, y);
    return Math.min(1, Math.max(0, level - 0.6 * Math.max(0, Math.abs(u) - 0.45) + 0.012 * random.normal()));
  });
};

/** One level at the left, another at the right. */
const ramp: Paint = (random, width, height) => {
  const [from, to] = [0.05 + 0.3 * random.next(), 0.45 + 0.3 * random.next()];
  return painted(width, height, (x) => from + ((to - from) * x) / width);
};

const noise: Paint = (random, width, height) =>
  painted(width, height, () => Math.min(1, Math.max(0, 0.4 + 0.18 * random.normal())));

/** Discs, bars and a line pattern, as quality phantoms have. */
const phantom: Paint = (random, width, height) => {
  const radius = Math.min(width, height) * 0.42;
  const inserts = Array.from({ length: 12 }, (_, i) => ({
    x: width / 2 + radius * 0.65 * Math.cos((i / 12) * 2 * Math.PI),
    y: height / 2 + radius * 0.65 * Math.sin((i / 12) * 2 * Math.PI),
    r: 3 + (i % 6) * 3,
    level: 0.2 + 0.06 * i,
  }));
  const pitch = 3 + random.whole(0, 5);
  return painted(width, height, (x, y) => {
    const n = 0.02 * random.normal();
    if (Math.hypot(x - width / 2, y - height / 2) > radius) return Math.max(0, n);
    for (const insert of inserts)
      if (Math.hypot(x - insert.x, y - insert.y) < insert.r) return insert.level + n;
    const bars =
      Math.abs(x - width / 2) < 40 && Math.abs(y - height / 2) < 12 && Math.floor(x / pitch) % 2 === 0;
    return (bars ? 0.9 : 0.45) + n;
  });
};

/** Vessels full of contrast on tissue, as angiography shows them. */
const vessels: Paint = (random, width, height) => {
  const cloud = clouds(random, width, height, 70);
  const level = painted(width, height, (x, y) => 0.62 + 0.2 * (cloud(x, y) - 0.5) + 0.02 * random.normal());
  for (let i = 0; i < 14; i++) {
    let [x, y] = [random.next() * width, random.next() * height];
    let angle = random.next() * 2 * Math.PI;
    const thick = 1 + 3 * random.next();
    for (let step = 0; step < 240; step++) {
      angle += 0.12 * random.normal();
      x += Math.cos(angle);
      y += Math.sin(angle);
      for (let dy = -thick; dy <= thick; dy++) {
        for (let dx = -thick; dx <= thick; dx++) {
          const [px, py] = [Math.round(x + dx), Math.round(y + dy)];
          if (px < 0 || py < 0 || px >= width || py >= height || Math.hypot(dx, dy) > thick) continue;
          level[py * width + px] = 0.25 + 0.02 * random.normal();
        }
      }
    }
  }
  return level;
};

/** Axes with marks along them, and a curve: rulers and traces are no text. */
const rulers: Paint = (random, width, height) => {
  const level = fan(random, width, height);
  const set = (x: number, y: number, value: number) => {
    if (x >= 0 && y >= 0 && x < width && y < height) level[Math.round(y) * width + Math.round(x)] = value;
  };
  const step = random.whole(9, 26);
  for (let y = 20; y < height - 20; y += step) {
    const long = Math.round((y - 20) / step) % 5 === 0 ? 9 : 5;
    for (let d = 0; d < long; d++) set(width - 14 - d, y, 0.8);
  }
  for (let x = 20; x < width - 20; x += step) for (let d = 0; d < 5; d++) set(x, height - 12 + d, 0.8);
  for (let x = 20; x < width - 20; x++) {
    const beat = (x % 90) - 45;
    for (let d = 0; d < 2; d++) set(x, height - 60 - 25 * Math.exp(-((beat / 4) ** 2)) + d, 0.75);
  }
  return level;
};

/** Rough texture of all scales with ridges in it, as bone, breast and lung have. */
const ridges: Paint = (random, width, height) => {
  const octaves = [70, 36, 18, 9, 5].map((step) => clouds(random, width, height, step));
  const sharpness = 0.5 + 2 * random.next();
  const grain = 0.03 * random.next();
  return painted(width, height, (x, y) => {
    const level = octaves.reduce((sum, octave, i) => {
      const ridge = 1 - Math.abs(2 * octave(x, y) - 1);
      return sum + (ridge ** sharpness * 0.4) / 1.4 ** i;
    }, 0);
    return Math.min(1, Math.max(0, level * 0.55 + grain * random.normal()));
  });
};

/** Cells with walls and nuclei, as under a microscope. */
const cells: Paint = (random, width, height) => {
  const pitch = random.whole(12, 40);
  const columns = Math.ceil(width / pitch) + 2;
  const seeds = Array.from({ length: columns * (Math.ceil(height / pitch) + 2) }, () => ({
    dx: random.next() * pitch,
    dy: random.next() * pitch,
    nucleus: 2 + (random.next() * pitch) / 5,
    level: 0.55 + 0.3 * random.next(),
  }));
  return painted(width, height, (x, y) => {
    const [i, j] = [Math.floor(x / pitch), Math.floor(y / pitch)];
    let [near, next] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let own = seeds[0];
    for (let v = Math.max(0, j - 1); v <= j + 1; v++) {
      for (let u = Math.max(0, i - 1); u <= i + 1; u++) {
        const seed = seeds[v * columns + u];
        if (seed === undefined) continue;
        const distance = Math.hypot(x - u * pitch - seed.dx, y - v * pitch - seed.dy);
        if (distance < near) [near, next, own] = [distance, near, seed];
        else if (distance < next) next = distance;
      }
    }
    if (own === undefined) return 0.6;
    const level = next - near < 2 ? own.level - 0.25 : near < own.nucleus ? 0.25 : own.level;
    return Math.min(1, Math.max(0, level + 0.02 * random.normal()));
  });
};

/** Paper with a grid and traces on it. */
const chart: Paint = (random, width, height) => {
  const pitch = random.whole(5, 14);
  const [paper, thin, thick] = random.chance(0.5) ? [0.95, 0.8, 0.65] : [0.03, 0.2, 0.35];
  const level = painted(width, height, (x, y) => {
    if (x % (5 * pitch) === 0 || y % (5 * pitch) === 0) return thick;
    return x % pitch === 0 || y % pitch === 0 ? thin : paper;
  });
  for (let lead = 1; lead < 5; lead++) {
    const beat = random.whole(50, 110);
    for (let x = 0; x < width; x++) {
      const t = (x % beat) / beat;
      const pulse = 30 * Math.exp(-(((t - 0.4) / 0.02) ** 2)) + 6 * Math.exp(-(((t - 0.65) / 0.06) ** 2));
      const y = Math.round((lead * height) / 5 - pulse);
      for (let d = 0; d < 2; d++) level[(y + d) * width + x] = paper > 0.5 ? 0.05 : 0.95;
    }
  }
  return level;
};

export const GROUNDS = {
  black: flat(0, 0.04),
  dark: flat(0.1, 0.3),
  grey: flat(0.35, 0.6),
  bright: flat(0.8, 1),
  ramp,
  fan,
  speckle,
  slice,
  radiograph,
  noise,
  phantom,
  vessels,
  rulers,
  ridges,
  cells,
  chart,
} as const satisfies Record<string, Paint>;

export function ground(name: GroundName, random: Random, width: number, height: number): Ground {
  return { width, height, level: GROUNDS[name](random, width, height) };
}
