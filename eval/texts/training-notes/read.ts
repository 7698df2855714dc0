import { readdirSync, readFileSync } from 'node:fs';
import { type Note, parseNotes } from '../notes/read.ts';

/**
 * Notes written to be trained on, from every folder beside this file, in the form of `notes/`: their header says `dev`,
 * though nothing is measured on them. Throws an error with file and line where a mark is wrong.
 */
export function readTrainingNotes(): Note[] {
  const here = new URL('./', import.meta.url);
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, here))
        .filter((name) => name.endsWith('.txt'))
        .sort()
        .flatMap((name) =>
          parseNotes(readFileSync(new URL(`${folder}/${name}`, here), 'utf8'), `${folder}/${name}`).map(
            (note, at) => ({ ...note, id: `${folder}/${name} ${at + 1}` }),
          ),
        ),
    );
}
