/**
 * Text hidden in binary values: runs of printable ASCII or UTF-16 (both byte orders, both alignments) of at least `least`
 * characters, in the order of their place, joined by line feeds. Empty where there is none.
 */
export function printableRuns(bytes: Uint8Array, least = 4): string {
  const runs = [...asciiRuns(bytes, least), ...utf16Runs(bytes, least, 0), ...utf16Runs(bytes, least, 1)];
  return runs
    .sort((a, b) => a.at - b.at)
    .map((run) => run.text)
    .join('\n');
}

interface Run {
  readonly at: number;
  readonly text: string;
}

function isPrintable(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code === 0x09;
}

function* asciiRuns(bytes: Uint8Array, least: number): Generator<Run> {
  let start = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && isPrintable(bytes[at] ?? 0)) continue;
    if (at - start >= least)
      yield { at: start, text: Buffer.from(bytes.subarray(start, at)).toString('latin1') };
    start = at + 1;
  }
}

/** Units whose `zero`-th byte is 0 and whose other byte prints; longer alphabets need a declared character set. */
function* utf16Runs(bytes: Uint8Array, least: number, zero: 0 | 1): Generator<Run> {
  for (let at = 0; at + 1 < bytes.length; ) {
    let text = '';
    let end = at;
    while (end + 1 < bytes.length && bytes[end + zero] === 0 && isPrintable(bytes[end + 1 - zero] ?? 0)) {
      text += String.fromCharCode(bytes[end + 1 - zero] ?? 0);
      end += 2;
    }
    if (text.length >= least) yield { at, text };
    at = end > at ? end : at + 1;
  }
}
