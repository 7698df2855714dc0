import { expect, test } from 'vitest';
import type { Crosswalk } from '../../src/crosswalk/codes.ts';
import type { FileSource } from '../../src/input/file-source.ts';
import { projectSchema } from '../../src/project/schema.ts';
import type { DatasetFilters } from '../../src/run/filters.ts';
import { Hl7Line } from '../../src/run/hl7-line.ts';
import { contextOf, plainCodes } from '../mask/hl7/doubles.ts';

const sourceOf = (bytes: Buffer): FileSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  mtimeNs: 0n,
  hasChanged: () => false,
  close: () => {},
});

test('a file may have more stray lines than a call has room for arguments', () => {
  const line = new Hl7Line({
    project: projectSchema.parse({ version: 1 }),
    filters: { leavesOut: () => false } as unknown as DatasetFilters,
    crosswalk: { resolve: () => plainCodes } as unknown as Crosswalk,
    masking: () => contextOf(),
    links: () => undefined,
    bothReaders: false,
  });
  const message = 'MSH|^~\\&|||||||ORU^R01|1|P|2.5\r';
  const source = sourceOf(Buffer.from(`${message}FTS|0\r${'x\r'.repeat(150_000)}`));
  const written: Uint8Array[] = [];
  const survey = line.survey(source);
  const { actions } = line.mask(source, () => survey, { write: (bytes) => written.push(Buffer.from(bytes)) });
  expect(actions.filter(({ attribute }) => attribute === 'text outside messages')).toHaveLength(150_000);
  expect(Buffer.concat(written).includes('x')).toBe(false);
});
