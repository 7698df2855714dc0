import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AtomicFile, FIXED_TIME, isTemporaryName, onDisk, writeAtomically } from '../../src/ports/output.ts';
import { temporaryFolder } from '../store/workplace.ts';

describe('an atomic file', () => {
  it('is there whole after commit, with its hash, mode and fixed time', () => {
    const path = join(temporaryFolder(), 'out.dcm');
    const pieces = [
      Buffer.from('ab'),
      Buffer.alloc(300_000, 1),
      Buffer.alloc(0),
      Buffer.alloc(262_144, 2),
      Buffer.from('z'),
    ];
    const file = new AtomicFile(path, { fsync: true });
    for (const piece of pieces) file.write(piece);
    expect(existsSync(path)).toBe(false);
    const whole = Buffer.concat(pieces);
    expect(file.commit()).toEqual({
      sha256: createHash('sha256').update(whole).digest('hex'),
      size: whole.length,
    });
    expect(readFileSync(path).equals(whole)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(path).mtime).toEqual(FIXED_TIME);
  });

  it('copies what it is given: the caller may use its buffer again', () => {
    const path = join(temporaryFolder(), 'out');
    const file = new AtomicFile(path);
    const buffer = Buffer.from('first ');
    file.write(buffer);
    buffer.write('SECOND');
    file.write(buffer);
    file.commit();
    expect(readFileSync(path, 'utf8')).toBe('first SECOND');
  });

  it('leaves nothing after abort, and the old file as it was', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'out'), 'old');
    const file = new AtomicFile(join(folder, 'out'));
    file.write(Buffer.from('new'));
    expect(readdirSync(folder).filter(isTemporaryName)).toHaveLength(1);
    file.abort();
    file.abort();
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('old');
    expect(() => file.commit()).toThrowError(expect.objectContaining({ code: 'internal' }));
  });

  it('abort after commit harms nothing', () => {
    const path = join(temporaryFolder(), 'out');
    const file = new AtomicFile(path);
    file.commit();
    file.abort();
    expect(existsSync(path)).toBe(true);
  });

  it('cannot be made where there is no folder, and the error does not name it', () => {
    expect(() => writeAtomically('/nowhere/Meier^Anna.dcm', Buffer.from('x'))).toThrowError(
      expect.objectContaining({ code: 'disk', message: expect.not.stringContaining('Meier') }),
    );
  });

  it('cannot take the place of a folder, and leaves no temporary file behind', () => {
    const folder = temporaryFolder();
    expect(() => writeAtomically(folder, Buffer.from('x'))).toThrowError(
      expect.objectContaining({ code: 'disk' }),
    );
    const inner = join(folder, 'is-a-folder');
    writeAtomically(join(folder, 'other'), Buffer.from('x'));
    chmodSync(folder, 0o700);
    new AtomicFile(inner).abort();
    expect(readdirSync(folder)).toEqual(['other']);
  });

  it.runIf(existsSync('/dev/full'))('a full disk is told as such', () => {
    expect(() => onDisk(() => writeFileSync('/dev/full', 'x'))).toThrowError(
      expect.objectContaining({ code: 'disk', message: expect.stringContaining('disk is full') }),
    );
  });

  it('does not take a mistake of the program for a full disk', () => {
    expect(() =>
      onDisk(() => {
        throw new RangeError('bug');
      }),
    ).toThrow(RangeError);
  });
});
