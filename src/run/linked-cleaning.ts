import type { Detector, TextCleaner } from '../detect/detector.ts';
import { linkDetector } from '../detect/links/detector.ts';
import { isSureName, NamesOfFile } from '../detect/links/names-of-file.ts';
import { placeholderFor } from '../detect/placeholders.ts';
import { isProse } from '../detect/prose.ts';
import { codePointSlicer } from '../detect/spans.ts';
import type { MaskingContext } from '../mask/masking.ts';
import type { Passage } from '../model/passage.ts';
import type { Edit } from '../splice.ts';

/** What a cleaner puts in the place of a name. */
const CLEANED_NAME = placeholderFor('A', '');

/** A part of a file after it was planned: what masking it did, and the texts of its original. */
export interface CleanedPart {
  readonly edits: readonly Edit[];
  texts(): readonly Passage[];
}

/** Parts that have a name of the file left, and what to plan them with. */
export interface Again<Key> {
  readonly parts: ReadonlySet<Key>;
  readonly context: MaskingContext;
}

const proseOf = (part: CleanedPart): Passage[] =>
  part.texts().filter((passage) => passage.hints.breaks === undefined && isProse(passage));

/**
 * Cleans a file by the names that stand in it: one that was taken out of a text is taken out of all others, where nothing but
 * that gives it away. Most files have none, and are planned once. The audit looks for such names by itself.
 */
export class LinkedCleaning {
  readonly #context: MaskingContext;
  readonly #finders: readonly Detector[];
  readonly #cleanerOf: (names: NamesOfFile) => TextCleaner;

  /** `finders` find names by how they stand in a text; `cleanerOf` cleans by names of a file too. */
  constructor(
    context: MaskingContext,
    finders: readonly Detector[],
    cleanerOf: (names: NamesOfFile) => TextCleaner,
  ) {
    this.#context = context;
    this.#finders = finders;
    this.#cleanerOf = cleanerOf;
  }

  /**
   * What to plan parts of a file with once more (its messages; a DICOM file is one part), by their keys; none where that would
   * change nothing.
   * @param equipment words of the file's own make
   */
  again<Key>(
    parts: ReadonlyMap<Key, CleanedPart>,
    equipment: readonly string[] = [],
  ): Again<Key> | undefined {
    const named = [...parts.values()].filter(({ edits }) =>
      edits.some(({ bytes }) => holdsCleanedName(bytes)),
    );
    if (named.length === 0) return undefined;
    const names = new NamesOfFile(equipment);
    for (const passage of named.flatMap(proseOf)) {
      const sure = this.#finders.flatMap((finder) => finder.detect(passage)).filter(isSureName);
      if (sure.length === 0) continue;
      const slice = codePointSlicer(passage.text);
      for (const { start, end } of sure) names.learn(slice(start, end));
    }
    if (names.isEmpty) return undefined;
    const left = [...parts]
      .filter(([, part]) => proseOf(part).some((passage) => this.#isLeftIn(passage, names)))
      .map(([key]) => key);
    if (left.length === 0) return undefined;
    return { parts: new Set(left), context: { ...this.#context, cleaner: this.#cleanerOf(names) } };
  }

  /** Whether a text has a name of the file still when it is clean. */
  #isLeftIn(passage: Passage, names: NamesOfFile): boolean {
    const { detect } = linkDetector(names);
    if (detect(passage).length === 0) return false;
    const { text } = this.#context.cleaner.clean(passage.text, passage.hints);
    return detect({ ...passage, text }).length > 0;
  }
}

const holdsCleanedName = ({ buffer, byteOffset, byteLength }: Uint8Array): boolean =>
  Buffer.from(buffer, byteOffset, byteLength).includes(CLEANED_NAME);
