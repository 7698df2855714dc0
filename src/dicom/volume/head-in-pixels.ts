import type { GreyImage } from '../pixels/image.ts';
import { showsHeadOutline } from './outline.ts';
import { normalOf } from './planes.ts';
import type { Stack, StackedPlane } from './stacks.ts';

/** A slice as a grey picture; undefined where it cannot be read. */
export type ReadSlice<File> = (plane: StackedPlane<File>) => Promise<GreyImage | undefined>;

/** Millimetres from one slice that is looked at to the next. */
const STEP = 30;
/** So many of them must show a head: 60 mm of one. */
const LEAST = 2;
/** Of a whole body, the head is in the upper part. */
const UPPER_PART = 350;

/**
 * Whether slices of a stack show the outline of a head: true, false, or undefined where none of them could be read. Of slices
 * across the body the upper 350 mm are looked at, since a thigh has the outline of a head.
 */
export async function headInPixels<File>(
  stack: Stack<File>,
  read: ReadSlice<File>,
): Promise<boolean | undefined> {
  let [seen, heads] = [0, 0];
  for (const plane of sampled(stack)) {
    const image = await read(plane);
    if (image === undefined) continue;
    seen += 1;
    if (showsHeadOutline(image, stack)) heads += 1;
    if (heads >= LEAST) return true;
  }
  return seen === 0 ? undefined : false;
}

function sampled<File>({ orientation, planes }: Stack<File>): StackedPlane<File>[] {
  const up = normalOf(orientation)[2];
  const isAcross = Math.abs(up) > 0.7;
  const fromTop = up > 0 ? [...planes].reverse() : planes;
  const top = fromTop[0]?.at ?? 0;
  const chosen: StackedPlane<File>[] = [];
  for (const plane of fromTop) {
    const depth = Math.abs(plane.at - top);
    if (isAcross && depth > UPPER_PART) break;
    const last = chosen[chosen.length - 1];
    if (last === undefined || Math.abs(plane.at - last.at) >= STEP) chosen.push(plane);
  }
  return chosen;
}
