import { describe, expect, it } from 'vitest';
import { maskedAttachment } from '../../../src/mask/hl7/attachments.ts';
import { projectSchema } from '../../../src/project/schema.ts';
import { wordCleaner } from './doubles.ts';

type Policy = 'remove' | 'clean' | 'quarantine';

/** What becomes of the data of an ED with the given components. */
function masked(documents: Policy, components: readonly string[], position = 5): string {
  const project = projectSchema.parse({ version: 1, documents });
  const cleaner = wordCleaner(['Ottoline']);
  return maskedAttachment(components[position - 1] ?? '', {
    masking: { project, cleaner, now: new Date('2026-01-01'), studyTimes: new Map() },
    sibling: (at) => components[at - 1] ?? '',
  });
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const note = ['', 'TEXT', 'PLAIN', 'Base64', base64('Report on Ottoline, knee')];

describe('the data of an ED', () => {
  it('go, unless the project says otherwise', () => {
    expect(masked('remove', note)).toBe('');
  });

  it('are cleaned where they are text or XML, in their own encoding', () => {
    expect(masked('clean', note)).toBe(base64('Report on [X], knee'));
    const hex = ['', 'TEXT', 'XML', 'Hex', Buffer.from('<a>Ottoline</a>').toString('hex')];
    expect(Buffer.from(masked('clean', hex), 'hex').toString()).toBe('<a>[X]</a>');
    expect(masked('clean', ['', 'TEXT', 'PLAIN', 'A', 'on Ottoline'])).toBe('on [X]');
  });

  it('go where they are of another kind, or not encoded as they say', () => {
    expect(masked('clean', ['', 'AP', 'PDF', 'Base64', base64('%PDF-1.7 Ottoline')])).toBe('');
    expect(masked('clean', ['', 'AP', 'PDF', '', base64('%PDF-1.7 and so on and on')])).toBe('');
    expect(masked('clean', ['', 'TEXT', 'PLAIN', 'Base64', '*** Ottoline'])).toBe('');
  });

  it('go where they only point to a document (RP)', () => {
    expect(masked('clean', ['\\\\server\\Ottoline.pdf', '', 'AP', 'PDF'], 1)).toBe('');
  });

  it('stop the message where the project quarantines documents', () => {
    expect(() => masked('quarantine', note)).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(masked('quarantine', ['', 'TEXT', 'PLAIN', 'Base64', ''])).toBe('');
  });
});
