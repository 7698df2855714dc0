/** Sums over every rectangle from the top left corner, of values and of their squares. */
export interface Integral {
  readonly width: number;
  readonly height: number;
  /** (width + 1) x (height + 1), the first row and column zero. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** The integral of a grey picture: the sum over any rectangle is then four look-ups. */
export function integralOf(data: Uint8Array, width: number, height: number): Integral {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const squares = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let sum = 0;
    let square = 0;
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x] as number;
      sum += value;
      square += value * value;
      const to = (y + 1) * stride + x + 1;
      sums[to] = (sums[to - stride] as number) + sum;
      squares[to] = (squares[to - stride] as number) + square;
    }
  }
  return { width, height, sums, squares };
}

/** The sum over a rectangle. */
export function sumOver(
  table: Float64Array,
  stride: number,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  const top = y * stride + x;
  const bottom = top + height * stride;
  return (
    (table[top] as number) -
    (table[top + width] as number) -
    (table[bottom] as number) +
    (table[bottom + width] as number)
  );
}
