import { readRulesYaml } from '../../rules.ts';

/** What a file says of the part of the body that it shows. `near`: a head may be part of it. */
export type Region = 'head' | 'near' | 'elsewhere' | 'unstated';
export type StatedRegion = Exclude<Region, 'unstated'>;

/** Millimetres along the patient's axes (PS3.3 C.7.6.2.1.1: +x left, +y back, +z head). */
export interface Extent {
  readonly leftRight: number;
  readonly frontBack: number;
  readonly headFoot: number;
}

type Span = readonly [least: number, most: number];

/** `rules/pixel/head-volumes.yaml`. */
export interface VolumeRules {
  readonly voxels: Readonly<Record<string, { readonly inPlane: number; readonly between: number }>>;
  readonly classes: Readonly<Record<string, { readonly as: string; readonly region?: StatedRegion }>>;
  readonly extent: { readonly head: Extent; readonly other: Extent };
  readonly wholeBody: number;
  readonly headFieldOfView: number;
  readonly outline: {
    readonly leftRight: Span;
    readonly frontBack: Span;
    readonly ratio: number;
    readonly filled: number;
  };
  readonly notSlices: readonly string[];
  readonly bodyParts: Readonly<Record<StatedRegion, readonly string[]>>;
  readonly codes: Readonly<Record<StatedRegion, readonly string[]>>;
  readonly words: Readonly<Record<StatedRegion, string>>;
}

let loaded: VolumeRules | undefined;

/** The rules, read once. */
export function volumeRules(): VolumeRules {
  loaded ??= readRulesYaml<VolumeRules>('pixel/head-volumes.yaml');
  return loaded;
}
