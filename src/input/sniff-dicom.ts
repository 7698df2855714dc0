/** Media Storage Directory Storage (PS3.4 annex I): the SOP class of a DICOMDIR. */
const DIRECTORY_CLASS = '1.2.840.10008.1.3.10';

/** Value representations of PS3.5 6.2; those of `LONG` have two reserved bytes and a length of 32 bits (7.1.2). */
const SHORT = new Set('AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' '));
const LONG = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '));

/** Groups that a data set without preamble and meta group begins with. */
const FIRST_GROUPS = new Set([0x0002, 0x0004, 0x0008, 0x0010, 0x0018, 0x0020]);
const UNDEFINED = 0xffffffff;
/** The first elements of a data set are short: anything longer is chance. */
const LONGEST_FIRST = 4096;

/** `dicom` or `dicomdir` where the bytes are a DICOM file, with or without preamble and meta group (PS3.10 7.1). */
export function sniffDicom(head: Uint8Array, name: string): 'dicom' | 'dicomdir' | undefined {
  const prefix = prefixOffset(head);
  const start = prefix === undefined ? 0 : prefix + 4;
  const elements = readElements(head, start);
  if (prefix !== 128 && !isPlausible(elements, head.length)) return undefined;
  const sopClass = elements.find(({ group, element }) => group === 2 && element === 2);
  if (sopClass) return textOf(head, sopClass) === DIRECTORY_CLASS ? 'dicomdir' : 'dicom';
  const isIndex = elements.some(({ group }) => group === 4) || /^dicomdir$/i.test(name);
  return isIndex ? 'dicomdir' : 'dicom';
}

/** `DICM` after the preamble, or at once where the preamble got lost. */
function prefixOffset(head: Uint8Array): number | undefined {
  return [128, 0].find((at) => Buffer.from(head.subarray(at, at + 4)).toString('latin1') === 'DICM');
}

interface FirstElement {
  readonly explicit: boolean;
  readonly group: number;
  readonly element: number;
  readonly valueStart: number;
  readonly length: number;
}

/** The first elements, up to three, in the one of four layouts in which the first makes sense. */
function readElements(head: Uint8Array, start: number): FirstElement[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const inMeta = start > 0;
  for (const littleEndian of [true, false]) {
    for (const explicit of [true, false]) {
      const elements = readLayout(view, start, littleEndian, explicit, inMeta ? 16 : 3);
      if (elements.length > 0) return elements;
    }
  }
  return [];
}

function readLayout(
  view: DataView,
  start: number,
  littleEndian: boolean,
  explicit: boolean,
  most: number,
): FirstElement[] {
  const elements: FirstElement[] = [];
  for (let at = start; elements.length < most; ) {
    const element = readElement(view, at, littleEndian, explicit);
    if (!element) return elements;
    const last = elements.at(-1);
    const ascends =
      !last || element.group > last.group || (element.group === last.group && element.element > last.element);
    if (!last && !FIRST_GROUPS.has(element.group)) return [];
    // Within the meta group the layout may change at its end (PS3.10 7.1); that is far enough.
    if (last && (!ascends || (last.group === 2 && element.group !== 2))) return elements;
    elements.push(element);
    if (element.length === UNDEFINED) return elements;
    at = element.valueStart + element.length;
  }
  return elements;
}

function readElement(
  view: DataView,
  at: number,
  littleEndian: boolean,
  explicit: boolean,
): FirstElement | undefined {
  if (at + 8 > view.byteLength) return undefined;
  const group = view.getUint16(at, littleEndian);
  const element = view.getUint16(at + 2, littleEndian);
  if (!explicit) {
    const length = view.getUint32(at + 4, littleEndian);
    return lengthFits(length) ? { explicit, group, element, valueStart: at + 8, length } : undefined;
  }
  const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
  if (SHORT.has(vr)) {
    return { explicit, group, element, valueStart: at + 8, length: view.getUint16(at + 6, littleEndian) };
  }
  if (!LONG.has(vr) || at + 12 > view.byteLength) return undefined;
  const length = view.getUint32(at + 8, littleEndian);
  return lengthFits(length) ? { explicit, group, element, valueStart: at + 12, length } : undefined;
}

const lengthFits = (length: number): boolean =>
  length === UNDEFINED || (length <= LONGEST_FIRST && length % 2 === 0);

/**
 * A tag with a VR behind it is too much for chance. Without VR: two elements that follow each other, or one that fills a short
 * file or runs past the bytes at hand.
 */
function isPlausible(elements: readonly FirstElement[], size: number): boolean {
  const [first, second] = elements;
  if (!first) return false;
  if (first.explicit || second || first.length === UNDEFINED) return true;
  return first.valueStart + first.length >= size && first.length > 0;
}

function textOf(head: Uint8Array, { valueStart, length }: FirstElement): string {
  const bytes = Buffer.from(head.subarray(valueStart, valueStart + length));
  return bytes.toString('latin1').replace(/[\0 ]+$/, '');
}
