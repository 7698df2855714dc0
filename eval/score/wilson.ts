/** Two-sided 95 %. */
const Z = 1.959964;

/**
 * The Wilson interval of a share, in percent: what the share of all texts of the kind may be, given `some` of `all` seen.
 * Of nothing seen it is 0 to 100.
 */
export function wilson(some: number, all: number): readonly [low: number, high: number] {
  if (all === 0) return [0, 100];
  const share = some / all;
  const spread = Z ** 2 / all;
  const middle = share + spread / 2;
  const half = Z * Math.sqrt((share * (1 - share)) / all + spread / (4 * all));
  const bound = (value: number) => Math.min(100, Math.max(0, (100 * value) / (1 + spread)));
  return [bound(middle - half), bound(middle + half)];
}
