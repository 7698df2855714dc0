import type { DataElement, DicomFile } from '../../dicom/element.ts';
import { formatTag } from '../../dicom/tag.ts';
import type { Locus } from '../../model/passage.ts';
import type { SecondElement, SecondReading } from './second-reader.ts';

export type DifferenceKind =
  | 'missing' // the tokenizer sees it, dicom-parser does not
  | 'unexpected' // dicom-parser sees it, the tokenizer does not
  | 'order'
  | 'vr'
  | 'length'
  | 'place' // same length, other bytes
  | 'items'
  | 'fragments'
  | 'unreadable';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly locus: Locus;
}

interface FirstElement {
  readonly path: Locus;
  readonly element: DataElement;
}

/** No report needs more to say that two readings have nothing to do with each other. */
const MOST = 100;

/**
 * Where the tokenizer and dicom-parser do not see the same data set: paths in order, VRs where the file writes them,
 * lengths, items, fragments and, since both count offsets in the same bytes, values. Empty when they agree. What the
 * shadow copy rewrote (a VR, a tag) is compared as it was before. No value is in the result.
 */
export function disagreements(file: DicomFile, reading: SecondReading): Difference[] {
  if (reading.unreadable !== undefined) {
    return [{ kind: 'unreadable', locus: reading.unreadable.at.locus ?? 'data set' }];
  }
  const first = [...walk(file.meta, ''), ...walk(file.dataSet, '')];
  const second = reading.elements;
  const rewrittenVr = new Set(reading.rewrites.filter((r) => r.kind === 'vr').map((r) => r.locus));
  const inSecond = counted(second.map((element) => element.path));
  const inFirst = counted(first.map(({ path }) => path));
  const found: Difference[] = [];
  let i = 0;
  let j = 0;
  while ((i < first.length || j < second.length) && found.length < MOST) {
    const one = first[i];
    const other = second[j];
    if (one !== undefined && other !== undefined && one.path === other.path) {
      const kind = compare(one.element, other, rewrittenVr.has(one.path));
      if (kind !== undefined) found.push({ kind, locus: one.path });
      take(inFirst, one.path);
      take(inSecond, other.path);
      i += 1;
      j += 1;
    } else if (one !== undefined && !inSecond.has(one.path)) {
      found.push({ kind: 'missing', locus: one.path });
      take(inFirst, one.path);
      i += 1;
    } else if (other !== undefined && !inFirst.has(other.path)) {
      found.push({ kind: 'unexpected', locus: other.path });
      take(inSecond, other.path);
      j += 1;
    } else {
      found.push({ kind: 'order', locus: one?.path ?? other?.path ?? 'data set' });
      i += 1;
      j += 1;
    }
  }
  return found;
}

function* walk(elements: readonly DataElement[], prefix: Locus): Generator<FirstElement> {
  for (const element of elements) {
    const path = `${prefix}${formatTag(element.tag)}`;
    yield { path, element };
    const items = element.items ?? [];
    for (let index = 0; index < items.length; index += 1) {
      yield* walk(items[index]?.elements ?? [], `${path}[${index}].`);
    }
  }
}

function compare(one: DataElement, other: SecondElement, vrRewritten: boolean): DifferenceKind | undefined {
  if (other.vr !== undefined && !vrRewritten && one.encoding.explicit && other.vr !== one.vr) return 'vr';
  if (one.items !== undefined) {
    if (one.items.length !== (other.items ?? 0)) return 'items';
    return one.valueStart === other.valueStart ? undefined : 'place';
  }
  if (one.fragments !== undefined && other.fragments !== undefined) return compareFragments(one, other);
  if ((other.items ?? 0) > 0) return 'items';
  if (one.valueEnd - one.valueStart !== other.length) return 'length';
  return one.valueStart === other.valueStart ? undefined : 'place';
}

function compareFragments(one: DataElement, other: SecondElement): DifferenceKind | undefined {
  // dicom-parser keeps the offset table apart from the fragments.
  const ours = (one.fragments ?? []).slice(1);
  const theirs = other.fragments ?? [];
  const same =
    ours.length === theirs.length &&
    ours.every((fragment, index) => {
      const twin = theirs[index];
      return twin?.valueStart === fragment.valueStart && twin.length === fragment.end - fragment.valueStart;
    });
  return same ? undefined : 'fragments';
}

function counted(paths: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, path: string): void {
  const left = (counts.get(path) ?? 1) - 1;
  if (left > 0) counts.set(path, left);
  else counts.delete(path);
}
