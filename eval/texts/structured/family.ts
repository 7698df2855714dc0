import type { HipaaCategory } from '../../../src/model/category.ts';
import type { Random } from '../../random.ts';

/** One kind of value of a category, and the ways in which people tell it. */
export interface Kind {
  readonly make: (random: Random) => string;
  /** Texts around the value, which stands where `{v}` is. */
  readonly phrasings?: readonly string[];
  /** Whether its shape alone says what it is, so that it is to be found with nothing around it. */
  readonly shaped?: boolean;
}

/** A category of identifiers with a shape. */
export interface Family {
  readonly category: HipaaCategory;
  readonly kinds: Readonly<Record<string, Kind>>;
  /** Said of every kind that has no phrasings of its own, and of those that have. */
  readonly phrasings: readonly string[];
}
