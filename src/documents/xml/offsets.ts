/** Code points before an index of a text, for indices that mostly ascend. */
export function offsetsIn(text: string): (index: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (index) => index;
  let [known, points] = [0, 0];
  return (index) => {
    if (index < known) [known, points] = [0, 0];
    while (known < index) {
      known += (text.codePointAt(known) ?? 0) > 0xffff ? 2 : 1;
      points += 1;
    }
    return points;
  };
}
