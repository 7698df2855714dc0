/** Where each code point of a text begins in UTF-16 units, its end included. */
export function unitsOf(text: string): number[] {
  const units: number[] = [];
  let unit = 0;
  for (const point of text) {
    units.push(unit);
    unit += point.length;
  }
  units.push(unit);
  return units;
}
