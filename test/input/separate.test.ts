import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertSeparate } from '../../src/input/separate.ts';
import { temporaryFolder } from '../store/workplace.ts';

describe('input, release and work folder', () => {
  it('may lie beside each other, also where one name begins with another', () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'in'));
    expect(() =>
      assertSeparate(join(base, 'in'), join(base, 'in-out'), join(base, 'in-out-work')),
    ).not.toThrow();
  });

  it.each([
    ['in', 'in/out', 'work'],
    ['in', 'in', 'work'],
    ['in', 'out', 'in/deep/work'],
    ['out/in', 'out', 'work'],
    ['work/in', 'out', 'work'],
    ['in', 'out', 'out/work'],
    ['in', 'work/out', 'work'],
    ['in', 'out', 'out/'],
    ['in', 'in/../in/new', 'work'],
  ])('may not overlap: %s, %s, %s', (input, out, work) => {
    const base = temporaryFolder();
    mkdirSync(join(base, input), { recursive: true });
    expect(() => assertSeparate(join(base, input), join(base, out), join(base, work))).toThrowError(
      expect.objectContaining({ code: 'usage', message: expect.not.stringContaining(base) }),
    );
  });

  it('may not overlap through symbolic links, even where the folder is not there yet', () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'in'));
    symlinkSync(join(base, 'in'), join(base, 'alias'));
    expect(() =>
      assertSeparate(join(base, 'in'), join(base, 'alias/new/out'), join(base, 'work')),
    ).toThrowError(expect.objectContaining({ code: 'usage' }));
  });

  it('one file may be the input of a run whose folders lie beside it', () => {
    const base = temporaryFolder();
    writeFileSync(join(base, 'one.dcm'), '');
    expect(() => assertSeparate(join(base, 'one.dcm'), join(base, 'out'), join(base, 'work'))).not.toThrow();
    expect(() => assertSeparate(join(base, 'one.dcm'), base, `${base}-work`)).toThrow();
  });
});
