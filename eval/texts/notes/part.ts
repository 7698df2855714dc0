import type { Part } from '../part.ts';
import { readNotes } from './read.ts';
import { type Find, scoreNotes } from './score.ts';

/**
 * Notes of styles that no generator writes, and that nothing is trained on: `notes` with its misses, and `notes-sealed`,
 * of which figures alone are told, so that nobody tunes to it.
 */
export function notesParts(find: Find): Part[] {
  return [
    {
      id: 'notes',
      title: 'Notes of other styles, never trained on',
      measure: () => scoreNotes(readNotes('dev'), find),
    },
    {
      id: 'notes-sealed',
      title: 'Notes of other styles, sealed: figures alone',
      measure: async () => ({ goals: (await scoreNotes(readNotes('sealed'), find)).goals, misses: [] }),
    },
  ];
}
