import { type Extent, volumeRules } from './rules.ts';
import type { Stack } from './stacks.ts';

/** What the geometry of a stack says: a face would be rendered, none would, or the pixels decide whether there is a head. */
export type FaceByGeometry = 'face' | 'no-face' | 'ask-pixels';

/**
 * Whether a stack of fine, near planes would render a face. Where the files say that it is the head, its extent decides; where
 * a head may be part of it, or nothing is said, the extent of a whole head is asked for, and then whether a head is there.
 */
export function faceByGeometry(stack: Pick<Stack<unknown>, 'region' | 'extent'>): FaceByGeometry {
  const { extent: least } = volumeRules();
  const { region, extent } = stack;
  if (region === 'head') return reaches(extent, least.head) ? 'face' : 'no-face';
  if (region === 'elsewhere' && !isWholeBody(extent)) return 'no-face';
  return reaches(extent, least.other) ? 'ask-pixels' : 'no-face';
}

/** What is decided where the pixels cannot be read: a field of view for a head, or a region that may have one. */
export function faceUnseen({ region, extent }: Pick<Stack<unknown>, 'region' | 'extent'>): boolean {
  const { headFieldOfView } = volumeRules();
  if (region === 'near' || isWholeBody(extent)) return true;
  return Math.max(extent.leftRight, extent.frontBack) <= headFieldOfView;
}

const isWholeBody = ({ headFoot }: Extent): boolean => headFoot >= volumeRules().wholeBody;

const reaches = (extent: Extent, least: Extent): boolean =>
  extent.leftRight >= least.leftRight &&
  extent.frontBack >= least.frontBack &&
  extent.headFoot >= least.headFoot;
