import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, ftruncateSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashFile, openFile } from '../../src/input/file-source.ts';
import { temporaryFolder } from '../store/workplace.ts';

const MIB = 1 << 20;

function fileOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, bytes);
  return path;
}

/** 9 MiB that differ everywhere: more than is read in one go. */
const LARGE = Buffer.alloc(9 * MIB);
for (let at = 0; at < LARGE.length; at += 4) LARGE.writeUInt32LE((at * 2654435761) % 4294967296, at);

describe('a file source', () => {
  it.each([
    ['small', LARGE.subarray(0, 100_001)],
    ['large', LARGE],
  ])('reads any range of a %s file as the file has it', (_, bytes) => {
    const source = openFile(fileOf(bytes));
    expect(source.size).toBe(bytes.length);
    fc.assert(
      fc.property(fc.nat(bytes.length + 10), fc.nat(3 * MIB), (offset, length) => {
        const expected = bytes.subarray(offset, offset + length);
        expect(Buffer.compare(source.read(offset, length), expected)).toBe(0);
      }),
      { numRuns: 60 },
    );
    source.close();
    source.close();
  });

  it('opens by name or by bytes, and has nothing to read in an empty file', () => {
    const path = fileOf(new Uint8Array(0));
    const source = openFile(Buffer.from(path));
    expect(source.read(0, 10)).toHaveLength(0);
    expect(hashFile(source)).toBe(createHash('sha256').digest('hex'));
    source.close();
  });

  it('uses the buffer it is given', () => {
    const buffer = Buffer.alloc(2 * MIB);
    for (const bytes of [LARGE.subarray(5, 1000), LARGE, LARGE.subarray(0, 1_500_000)]) {
      const source = openFile(fileOf(bytes), { buffer });
      const view = source.read(10, 100);
      expect(view.buffer).toBe(buffer.buffer);
      expect(Buffer.compare(view, bytes.subarray(10, 110))).toBe(0);
      expect(hashFile(source)).toBe(createHash('sha256').update(bytes).digest('hex'));
      source.close();
    }
  });

  it('reads past 4 GiB', () => {
    const path = join(temporaryFolder(), 'sparse');
    const descriptor = openSync(path, 'w');
    ftruncateSync(descriptor, 5 * 1024 * MIB);
    writeSync(descriptor, Buffer.from('here'), 0, 4, 4.5 * 1024 * MIB);
    const source = openFile(path);
    expect(Buffer.from(source.read(4.5 * 1024 * MIB, 6)).toString()).toBe('here\0\0');
    expect(source.read(5 * 1024 * MIB - 2, 100)).toHaveLength(2);
    source.close();
  });

  it('tells that the file changed, and fails where it became shorter', () => {
    const path = fileOf(LARGE);
    const source = openFile(path);
    expect(source.hasChanged()).toBe(false);
    appendFileSync(path, 'x');
    expect(source.hasChanged()).toBe(true);
    truncateSync(path, 100);
    expect(() => source.read(8 * MIB, 10)).toThrowError(expect.objectContaining({ code: 'truncated' }));
    expect(() => hashFile(source)).toThrowError(expect.objectContaining({ code: 'truncated' }));
    source.close();
  });

  it('never opens a folder or a pipe, does not wait, and does not name what is missing', () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const path of [folder, join(folder, 'pipe'), join(folder, 'Meier^Anna')]) {
      expect(() => openFile(path)).toThrowError(
        expect.objectContaining({ code: 'unreadable', message: expect.not.stringContaining('Meier') }),
      );
    }
  });
});
