/** Where a search for strings ends: objects of a PDF may be linked in circles, and go deep. */
const DEEPEST = 12;
const MOST = 100_000;

/**
 * All strings in a value that the library gives, whatever the names of its properties: what a newer version adds is searched
 * too. `technical` names properties that hold names of the format and no text of anybody.
 */
export function stringsIn(value: unknown, technical: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const seen = new Set<object>();
  const visit = (of: unknown, depth: number): void => {
    if (typeof of === 'string') {
      if (of.trim() !== '' && found.length < MOST) found.push(of);
      return;
    }
    if (typeof of !== 'object' || of === null || depth > DEEPEST || seen.has(of) || ArrayBuffer.isView(of))
      return;
    seen.add(of);
    const entries = of instanceof Map ? of : Object.entries(of);
    for (const [key, inner] of entries) if (!technical.has(String(key))) visit(inner, depth + 1);
  };
  visit(value, 0);
  return found;
}

/** `D:20190507101112+02'00'` as a date is usually written. */
export function plainDate(text: string): string {
  return text.replace(/^D:(\d{4})(\d\d)(\d\d)/, '$1-$2-$3 ');
}
