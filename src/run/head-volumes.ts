import { pixelsOf } from '../audit/dicom/pixel-data.ts';
import { readSecond } from '../audit/dicom/second-reader.ts';
import type { DicomFile } from '../dicom/element.ts';
import { readDicom } from '../dicom/file.ts';
import { openFrames } from '../dicom/pixels/frames.ts';
import type { GreyImage } from '../dicom/pixels/image.ts';
import { faceByGeometry, faceUnseen } from '../dicom/volume/face.ts';
import { headInPixels } from '../dicom/volume/head-in-pixels.ts';
import { type FilePlanes, planesOf } from '../dicom/volume/planes.ts';
import { Series, type Stack, type StackedPlane } from '../dicom/volume/stacks.ts';
import { PhiGateError } from '../errors.ts';
import type { Limits } from '../project/schema.ts';
import { withFileAsync } from './item.ts';
import type { WholeFile } from './passage-search.ts';

/** Series that would render a face, and the rule that says so: `volume.head`, `volume.near`, `volume.unstated`. */
export type HeadVolumes = ReadonlyMap<string, string>;

type Path = Buffer | string;

/** Gathers the cross-sections of a data set and judges each series by all its files (category Q). */
export class VolumeCheck {
  readonly #series = new Series<Path>();

  add(path: Path, planes: FilePlanes | undefined): void {
    if (planes !== undefined) this.#series.add(path, planes);
  }

  /** Pixels are read only where the geometry is of a head and nothing says whether it is one. */
  async judge(limits: Limits): Promise<HeadVolumes> {
    const found = new Map<string, string>();
    for (const [series, stacks] of this.#series.stacks()) {
      for (const stack of stacks) {
        if (!(await showsFace(stack, limits))) continue;
        found.set(series, `volume.${stack.region}`);
        break;
      }
    }
    return found;
  }
}

/** The finding for a file, by its cross-sections; nothing where its series would render no face. */
export function headVolumeOf(planes: FilePlanes | undefined, volumes: HeadVolumes): WholeFile | undefined {
  const series = planes?.series ?? '';
  const rule = volumes.get(series);
  return rule === undefined ? undefined : { category: 'Q', rule, locus: 'series', value: series };
}

/** Whether a file is a cross-section of a series that would render a face. */
export const isOfHeadVolume = (file: DicomFile, volumes: HeadVolumes): boolean =>
  volumes.size > 0 && headVolumeOf(planesOf(file), volumes) !== undefined;

async function showsFace(stack: Stack<Path>, limits: Limits): Promise<boolean> {
  const answer = faceByGeometry(stack);
  if (answer !== 'ask-pixels') return answer === 'face';
  const isHead = await headInPixels(stack, (plane) => readSlice(plane, limits));
  return isHead ?? faceUnseen(stack);
}

/** A slice that cannot be read says nothing; the audit holds its file for that. */
async function readSlice(plane: StackedPlane<Path>, limits: Limits): Promise<GreyImage | undefined> {
  try {
    return await withFileAsync(plane.file, async (source) => {
      const file = readDicom(source, limits);
      const pixels = pixelsOf(readSecond(source, file, limits), file.transferSyntax, file.body);
      if (pixels === undefined) return undefined;
      const frame = await openFrames(pixels.description, pixels.data, limits).read(plane.frame);
      return frame.state === 'decoded' && frame.image.kind === 'grey' ? frame.image : undefined;
    });
  } catch (error) {
    if (error instanceof PhiGateError) return undefined;
    throw error;
  }
}
