import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/input/file-source.ts';
import { SNIFF_BYTES, type Sniffed, sniff } from '../../src/input/sniff.ts';
import { walk } from '../../src/input/walk.ts';

const CORPORA = '../shared/corpora';
const present = existsSync(CORPORA);
if (!present) console.warn(`SKIPPED: ${CORPORA} is not here; sniffing was not tried on real files`);

/** Paths of a corpus by what their content is taken for. */
function sniffAll(folder: string): Map<Sniffed, string[]> {
  const kinds = new Map<Sniffed, string[]>();
  for (const found of walk(`${CORPORA}/${folder}`)) {
    if (found.kind !== 'file') throw new Error('the corpus cannot be read');
    const path = found.relative.toString();
    const source = openFile(found.path);
    const kind = sniff(source.read(0, SNIFF_BYTES), path.slice(path.lastIndexOf('/') + 1));
    source.close();
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }
  return kinds;
}

describe.skipIf(!present)('sniffing real files', () => {
  it('knows DICOM files without looking at their names', () => {
    const kinds = sniffAll('dicom');
    const others = [...kinds]
      .filter(([kind]) => kind !== 'dicom' && kind !== 'dicomdir')
      .flatMap(([, paths]) => paths);
    // no_meta.dcm begins with a stray byte: whatever reads it must guess.
    expect(others.filter((path) => path.endsWith('.dcm'))).toEqual(['pydicom/no_meta.dcm']);
    expect(kinds.get('dicom')?.length).toBeGreaterThan(230);
    expect(kinds.get('dicomdir')).toHaveLength(8);
  });

  it('knows every HL7 message', () => {
    expect([...sniffAll('hl7').keys()]).toEqual(['hl7']);
  });

  it('takes text for text', () => {
    expect([...sniffAll('text').keys()]).toEqual(['text']);
  });
});
