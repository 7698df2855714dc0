import { createHash } from 'node:crypto';
import type { LoadedProject } from '../project/load.ts';
import { VERSION } from '../version.ts';
import { readBeside } from './session.ts';

/**
 * What surveys and masking rest on besides the sources: the program, project.yaml, and every list that it names. Where it is
 * another than in the last run, nothing of that run is taken over but the codes.
 * @param modelSha256 of the model that the project brought
 * @throws PhiGateError `usage` where a list cannot be read.
 */
export function basisOf({ project, sha256, folder }: LoadedProject, modelSha256?: string): string {
  const hash = createHash('sha256').update(JSON.stringify([VERSION, sha256]));
  const lists = {
    'filters.cohort': project.filters.cohort,
    'filters.optOut': project.filters.optOut,
    'events.file': project.events?.file,
    importCodes: project.importCodes,
  };
  for (const [key, file] of Object.entries(lists)) {
    if (file !== undefined) hash.update(`${key}\0`).update(readBeside(folder, file, key));
  }
  if (modelSha256 !== undefined) hash.update(`names.model\0${modelSha256}`);
  return hash.digest('hex');
}
