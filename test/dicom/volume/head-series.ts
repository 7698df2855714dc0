import { raw, sequence, text } from '../data-set.ts';

/** A series of cross-sections as scanners write them; every number in millimetres. */
export interface Protocol {
  readonly modality?: string;
  readonly sopClass?: string;
  readonly bodyPart?: string;
  readonly description?: string;
  readonly series?: string;
  readonly imageType?: string;
  readonly orientation: readonly number[];
  readonly size: readonly [rows: number, columns: number];
  readonly pixel: number;
  readonly thickness: number;
  /** From slice to slice; the thickness where it is not given. */
  readonly gap?: number;
  readonly slices: number;
  /** Where the first pixel of the first slice lies; (0, 0, 0) where it is not given. */
  readonly origin?: readonly [number, number, number];
  /** Rescale Slope and Intercept. */
  readonly rescale?: readonly [number, number];
  /** Stored values are two's complement. */
  readonly signed?: boolean;
  /** Stored values of a slice; none, and the file has no pixels. */
  readonly pixels?: (slice: number) => Uint16Array;
}

export const AXIAL = [1, 0, 0, 0, 1, 0];
export const SAGITTAL = [0, 1, 0, 0, 0, -1];
export const CORONAL = [1, 0, 0, 0, 0, -1];

const CT = '1.2.840.10008.5.1.4.1.1.2';

const us = (tag: string, value: number) => raw(tag, 'US', Uint8Array.of(value & 255, value >> 8));

function normal([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[]): number[] {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

const positionOf = ({ orientation, gap, thickness, origin = [0, 0, 0] }: Protocol, slice: number): string =>
  normal(orientation)
    .map((part, axis) => ((origin[axis] ?? 0) + part * slice * (gap ?? thickness)).toFixed(3))
    .join('\\');

function identity({ modality = 'CT', sopClass = CT, series = '1.2.3.77', ...protocol }: Protocol, n: number) {
  const optional = (tag: string, vr: string, value: string | undefined) =>
    value === undefined ? [] : [text(tag, vr, value)];
  return [
    ...optional('00080008', 'CS', protocol.imageType),
    text('00080016', 'UI', sopClass),
    text('00080018', 'UI', `1.2.3.78.${n}`),
    text('00080060', 'CS', modality),
    ...optional('0008103E', 'LO', protocol.description),
    text('00100020', 'LO', 'ZQ-55102'),
    ...optional('00180015', 'CS', protocol.bodyPart),
  ].concat([text('0020000D', 'UI', '1.2.3.76'), text('0020000E', 'UI', series)]);
}

/** The elements of one single-frame file, in the order of their tags. */
export function sliceOf(protocol: Protocol, slice: number): Uint8Array[] {
  const { orientation, size, pixel, thickness } = protocol;
  const pixels = protocol.pixels?.(slice);
  const elements = [
    ...identity(protocol, slice),
    text('00180050', 'DS', String(thickness)),
    text('00200013', 'IS', String(slice + 1)),
    text('00200032', 'DS', positionOf(protocol, slice)),
    text('00200037', 'DS', orientation.join('\\')),
    us('00280002', 1),
    text('00280004', 'CS', 'MONOCHROME2'),
    us('00280010', size[0]),
    us('00280011', size[1]),
    text('00280030', 'DS', `${pixel}\\${pixel}`),
    us('00280100', 16),
    us('00280101', 16),
    us('00280102', 15),
    us('00280103', protocol.signed ? 1 : 0),
    ...(protocol.rescale === undefined
      ? []
      : [
          text('00281052', 'DS', String(protocol.rescale[1])),
          text('00281053', 'DS', String(protocol.rescale[0])),
        ]),
    ...(pixels === undefined ? [] : [raw('7FE00010', 'OW', new Uint8Array(pixels.buffer))]),
  ];
  return elements.sort((a, b) => tagNumber(a) - tagNumber(b));
}

/** The elements of an enhanced multi-frame file: sizes and rescaling shared, places frame by frame. */
export function enhancedOf(protocol: Protocol): Uint8Array[] {
  const { orientation, size, pixel, thickness, slices, pixels } = protocol;
  const frames = Array.from({ length: slices }, (_, slice) => pixels?.(slice))
    .filter((values) => values !== undefined)
    .map((values) => new Uint8Array(values.buffer));
  const elements = [
    ...identity(protocol, 0),
    text('00280008', 'IS', String(slices)),
    us('00280002', 1),
    text('00280004', 'CS', 'MONOCHROME2'),
    us('00280010', size[0]),
    us('00280011', size[1]),
    us('00280100', 16),
    us('00280101', 16),
    us('00280102', 15),
    us('00280103', protocol.signed ? 1 : 0),
    ...(frames.length === 0 ? [] : [raw('7FE00010', 'OW', Buffer.concat(frames))]),
    sequence('52009229', [
      [
        sequence('00209116', [[text('00200037', 'DS', orientation.join('\\'))]]),
        sequence('00289110', [
          [text('00180050', 'DS', String(thickness)), text('00280030', 'DS', `${pixel}\\${pixel}`)],
        ]),
        ...(protocol.rescale === undefined
          ? []
          : [
              sequence('00289145', [
                [
                  text('00281052', 'DS', String(protocol.rescale[1])),
                  text('00281053', 'DS', String(protocol.rescale[0])),
                ],
              ]),
            ]),
      ],
    ]),
    sequence(
      '52009230',
      Array.from({ length: slices }, (_, slice) => [
        sequence('00209113', [[text('00200032', 'DS', positionOf(protocol, slice))]]),
      ]),
    ),
  ];
  return elements.sort((a, b) => tagNumber(a) - tagNumber(b));
}

const tagNumber = (element: Uint8Array): number => {
  const view = new DataView(element.buffer, element.byteOffset, element.byteLength);
  return view.getUint16(0, true) * 0x10000 + view.getUint16(2, true);
};
