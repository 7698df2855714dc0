import type { DataElement, DicomFile, Item } from '../element.ts';
import { findElement } from '../file.ts';
import { numberTexts } from '../numbers.ts';
import { asciiValue } from '../values.ts';
import { statedRegion } from './region.ts';
import { type Region, volumeRules } from './rules.ts';

/** Direction cosines of the rows and of the columns (PS3.3 C.7.6.2.1.1). */
export type Orientation = readonly [number, number, number, number, number, number];

/** One cross-section: an instance, or a frame of one. */
export interface Plane {
  /** From 0. */
  readonly frame: number;
  /** Millimetres along the normal of the plane. */
  readonly at: number;
  readonly orientation: Orientation;
  /** Millimetres between the centres of rows, and of columns. */
  readonly spacing: readonly [rows: number, columns: number];
  /** Slice Thickness, 0 where it is not said. */
  readonly thickness: number;
  /**
   * Where the centre of the first pixel lies in the patient, in millimetres (Image Position (Patient), PS3.3 C.7.6.2.1.1); absent
   * where the file does not state position and orientation both.
   */
  readonly position?: readonly [x: number, y: number, z: number];
  /** Rescale Slope and Intercept, 1 and 0 where they are not said. */
  readonly rescale: readonly [slope: number, intercept: number];
}

/** The cross-sections of a file, and what the file says of them. */
export interface FilePlanes {
  /** Series Instance UID, or the study's where the file has none. */
  readonly series: string;
  /** Whose limits count: CT, MR or PT. */
  readonly kind: string;
  readonly region: Region;
  readonly rows: number;
  readonly columns: number;
  readonly planes: readonly Plane[];
}

const AXIAL: Orientation = [1, 0, 0, 0, 1, 0];
const DESCRIPTIONS = [0x0008103e, 0x00081030, 0x00181030, 0x00400254, 0x00321060];

/** What the planes of a file belong to. */
function seriesOf(file: DicomFile): string {
  return text(file, file.dataSet, 0x0020000e) || text(file, file.dataSet, 0x0020000d);
}

/**
 * The cross-sections of a CT, MR or PET file: its own geometry (PS3.3 C.7.6.2), or the functional groups of a multi-frame one
 * (C.7.6.16.2). Undefined for every other file, for localizers and projections, and where no size of a pixel is said.
 */
export function planesOf(file: DicomFile): FilePlanes | undefined {
  const data = file.dataSet;
  const byClass = volumeRules().classes[text(file, data, 0x00080016)];
  const kind = byClass?.as ?? text(file, data, 0x00080060);
  if (volumeRules().voxels[kind] === undefined) return undefined;
  const types = text(file, data, 0x00080008).split('\\');
  if (types.some((type) => volumeRules().notSlices.includes(type.trim()))) return undefined;
  const [rows, columns] = [number(file, data, 0x00280010), number(file, data, 0x00280011)];
  const groups = new FunctionalGroups(file);
  const planes = groups.present ? planesOfGroups(groups) : planesOfInstance(file);
  if (rows === undefined || columns === undefined || planes.length === 0) return undefined;
  const region = byClass?.region ?? regionOf(file, groups);
  return { series: seriesOf(file), kind, region, rows, columns, planes };
}

function regionOf(file: DicomFile, groups: FunctionalGroups): Region {
  const data = file.dataSet;
  return statedRegion({
    codes: [...codesOf(file, data), ...groups.anatomy()],
    bodyPart: text(file, data, 0x00180015),
    descriptions: DESCRIPTIONS.map((tag) => text(file, data, tag)),
  });
}

function planesOfInstance(file: DicomFile): Plane[] {
  const data = file.dataSet;
  // Several frames without functional groups say of none where it lies.
  if ((numbers(file, data, 0x00280008)[0] ?? 1) > 1) return [];
  return planeAt(0, {
    spacing: numbers(file, data, 0x00280030),
    thickness: numbers(file, data, 0x00180050)[0],
    orientation: numbers(file, data, 0x00200037),
    position: numbers(file, data, 0x00200032),
    otherwise: numbers(file, data, 0x00201041)[0] ?? byInstanceNumber(file),
    slope: numbers(file, data, SLOPE)[0],
    intercept: numbers(file, data, INTERCEPT)[0],
  });
}

/** Where nothing says where the slices lie, their numbers do. */
function byInstanceNumber(file: DicomFile): number | undefined {
  const data = file.dataSet;
  const step = numbers(file, data, 0x00180088)[0] ?? numbers(file, data, 0x00180050)[0];
  const instance = numbers(file, data, 0x00200013)[0];
  return step === undefined || instance === undefined ? undefined : step * instance;
}

function planesOfGroups(groups: FunctionalGroups): Plane[] {
  return Array.from({ length: groups.frames }, (_, frame) =>
    planeAt(frame, {
      spacing: groups.numbers(frame, PIXEL_MEASURES, 0x00280030),
      thickness: groups.numbers(frame, PIXEL_MEASURES, 0x00180050)[0],
      orientation: groups.numbers(frame, PLANE_ORIENTATION, 0x00200037),
      position: groups.numbers(frame, PLANE_POSITION, 0x00200032),
      otherwise: frame * (groups.numbers(frame, PIXEL_MEASURES, 0x00180088)[0] ?? 0),
      slope: groups.numbers(frame, PIXEL_VALUES, SLOPE)[0],
      intercept: groups.numbers(frame, PIXEL_VALUES, INTERCEPT)[0],
    }),
  ).flat();
}

interface Geometry {
  readonly spacing: readonly number[];
  readonly thickness: number | undefined;
  readonly orientation: readonly number[];
  readonly position: readonly number[];
  /** Along the normal, where no position is said. */
  readonly otherwise: number | undefined;
  readonly slope: number | undefined;
  readonly intercept: number | undefined;
}

function planeAt(frame: number, geometry: Geometry): Plane[] {
  const { spacing, thickness, orientation, position, otherwise, slope = 1, intercept = 0 } = geometry;
  const [rows, columns = rows] = spacing;
  if (rows === undefined || columns === undefined || !(rows > 0) || !(columns > 0)) return [];
  const isOriented = orientation.length === 6;
  const axes = isOriented ? (orientation as unknown as Orientation) : AXIAL;
  const [nx, ny, nz] = normalOf(axes);
  const [x, y, z] = position;
  const isPlaced = x !== undefined && y !== undefined && z !== undefined;
  const at = isPlaced ? x * nx + y * ny + z * nz : otherwise;
  if (at === undefined) return [];
  return [
    {
      frame,
      at,
      orientation: axes,
      spacing: [rows, columns],
      thickness: Math.abs(thickness ?? 0),
      ...(isPlaced && isOriented && { position: [x, y, z] as const }),
      rescale: [slope, intercept],
    },
  ];
}

/** The direction from slice to slice: rows by columns. */
export function normalOf([a, b, c, d, e, f]: Orientation): readonly [number, number, number] {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

const SHARED = 0x52009229;
const PER_FRAME = 0x52009230;
const PIXEL_MEASURES = 0x00289110;
const PLANE_POSITION = 0x00209113;
const PLANE_ORIENTATION = 0x00209116;
const FRAME_ANATOMY = 0x00209071;
const PIXEL_VALUES = 0x00289145;
const INTERCEPT = 0x00281052;
const SLOPE = 0x00281053;

/** Functional groups: of one frame where it has its own, else shared by all (PS3.3 C.7.6.16). */
class FunctionalGroups {
  readonly #file: DicomFile;
  readonly #shared: Item | undefined;
  readonly #own: readonly Item[];

  constructor(file: DicomFile) {
    this.#file = file;
    this.#shared = findElement(file.dataSet, SHARED)?.items?.[0];
    this.#own = findElement(file.dataSet, PER_FRAME)?.items ?? [];
  }

  get present(): boolean {
    return this.#own.length > 0;
  }

  get frames(): number {
    return this.#own.length;
  }

  numbers(frame: number, group: number, tag: number): number[] {
    const item = this.#group(this.#own[frame], group) ?? this.#group(this.#shared, group);
    return item === undefined ? [] : numbers(this.#file, item.elements, tag);
  }

  anatomy(): string[] {
    return [this.#shared, this.#own[0]].flatMap((item) => {
      const group = this.#group(item, FRAME_ANATOMY);
      return group === undefined ? [] : codesOf(this.#file, group.elements);
    });
  }

  #group(item: Item | undefined, group: number): Item | undefined {
    return item === undefined ? undefined : findElement(item.elements, group)?.items?.[0];
  }
}

const ANATOMIC_REGION = 0x00082218;

function codesOf(file: DicomFile, elements: readonly DataElement[]): string[] {
  return (findElement(elements, ANATOMIC_REGION)?.items ?? []).map((item) =>
    text(file, item.elements, 0x00080100),
  );
}

function text(file: DicomFile, elements: readonly DataElement[], tag: number): string {
  const element = findElement(elements, tag);
  return element === undefined || element.items ? '' : asciiValue(file.body, element).trim();
}

/** Decimal and integer strings; what is no number is left out. */
function numbers(file: DicomFile, elements: readonly DataElement[], tag: number): number[] {
  return text(file, elements, tag)
    .split('\\')
    .filter((part) => part.trim() !== '')
    .map(Number)
    .filter(Number.isFinite);
}

function number(file: DicomFile, elements: readonly DataElement[], tag: number): number | undefined {
  const element = findElement(elements, tag);
  const value = element === undefined ? undefined : numberTexts(file.body, element)[0];
  return value === undefined ? undefined : Number(value);
}
