/** Values are decoded in pieces of at most this many bytes. */
const PIECE = 1 << 20;
/** Bytes that two neighbours share: more than any name, address or number with the words around it. */
const OVERLAP = 4096;
/** UTF-8, GB 18030 and the sets of ISO 2022 have none of these inside a character. */
const CUTS = new Set([0x20, 0x0a, 0x0d]);

/**
 * A long value in pieces that a reader can decode one by one. Neighbours overlap, so that what stands across a cut is
 * whole in one of the two, and are cut between words wherever the value has any, so that no character of several bytes
 * falls apart. A value that ends before its declared length gives what is there.
 */
export function* pieces(
  length: number,
  read: (offset: number, count: number) => Uint8Array,
): Generator<Uint8Array> {
  let start = 0;
  while (start < length) {
    const wanted = Math.min(PIECE, length - start);
    const bytes = read(start, wanted);
    if (bytes.length < wanted || start + wanted >= length) {
      if (bytes.length > 0) yield bytes;
      return;
    }
    const end = afterLastCut(bytes);
    yield bytes.subarray(0, end);
    start += afterLastCut(bytes.subarray(0, end - OVERLAP));
  }
}

/** Where the piece is to end: after the last space or line end of its last overlap, else where it ends now. */
function afterLastCut(bytes: Uint8Array): number {
  for (let at = bytes.length; at > bytes.length - OVERLAP; at--) if (CUTS.has(bytes[at - 1] ?? 0)) return at;
  return bytes.length;
}
