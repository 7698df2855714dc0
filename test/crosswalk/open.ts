import { type CrosswalkPolicy, openCrosswalk, type ProjectCrosswalk } from '../../src/crosswalk/crosswalk.ts';
import { systemRandom } from '../../src/ports/random.ts';
import type { ProjectKeys } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/store.ts';

export const POLICY: CrosswalkPolicy = {
  codes: 'random',
  link: 'keep',
  leadingZeros: 'significant',
  defaultIssuer: '',
};

/** A crosswalk over `store` with the defaults of a project, changed by `policy`. */
export function open(
  place: { readonly store: Store; readonly keys: ProjectKeys },
  policy: Partial<CrosswalkPolicy> = {},
  forbid?: (code: string) => boolean,
): ProjectCrosswalk {
  return openCrosswalk(
    place.store,
    place.keys,
    { project: { ...POLICY, ...policy }, ...(forbid && { forbid }) },
    systemRandom,
  );
}
