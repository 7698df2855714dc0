import type { CodeBook } from '../../../src/crosswalk/codes.ts';
import { textCleaner } from '../../../src/detect/clean.ts';
import type { KnownIdentifier, TextCleaner } from '../../../src/detect/detector.ts';
import { issuedUidDetector } from '../../../src/detect/issued-uids.ts';
import { KnownIdentifiers } from '../../../src/detect/known/known-identifiers.ts';
import { nameDetector } from '../../../src/detect/names/gazetteer.ts';
import { patternDetector } from '../../../src/detect/patterns.ts';
import { readHl7File } from '../../../src/hl7/file.ts';
import { planMessage } from '../../../src/mask/hl7/plan.ts';
import type { ActionTaken, MaskingContext } from '../../../src/mask/masking.ts';
import { projectSchema } from '../../../src/project/schema.ts';
import { spliceToBuffer } from '../../../src/splice.ts';

/** Codes that say what they stand for, so that a test can read them: `PT:1234@ISSUER`, `ORDER:77`. */
export const plainCodes: CodeBook = {
  patient: ({ id, issuer }, study) => ({
    code: `PT:${id}@${issuer}${study === undefined ? '' : `/${study}`}`,
    dateOffsetDays: -10,
  }),
  uid: (uid) => `2.25.${uid.length}`,
  code: (domain, value) => `${domain.toUpperCase()}:${value}`,
};

/** Replaces the given words, wherever they stand, by `[X]`. */
export function wordCleaner(words: readonly string[]): TextCleaner {
  return {
    clean(text) {
      const replaced: { start: number; end: number; placeholder: string }[] = [];
      const points = [...text];
      const lower = points.map((point) => point.toLowerCase());
      for (const word of words) {
        const wanted = [...word.toLowerCase()];
        for (let at = 0; at + wanted.length <= lower.length; at++) {
          const hit = wanted.every(
            (point, index) => lower[at + index] === point || (point === ' ' && lower[at + index] === '\n'),
          );
          const isFree = replaced.every(({ start, end }) => at >= end || at + wanted.length <= start);
          if (hit && isFree) replaced.push({ start: at, end: at + wanted.length, placeholder: '[X]' });
        }
      }
      replaced.sort((a, b) => a.start - b.start);
      let cleaned = '';
      let last = 0;
      for (const { start, end, placeholder } of replaced) {
        cleaned += points.slice(last, start).join('') + placeholder;
        last = end;
      }
      return { text: cleaned + points.slice(last).join(''), replaced };
    },
  };
}

/** A cleaner that knows identifiers, and the parts of names, of at least 4 characters. */
export function knownCleaner(known: readonly KnownIdentifier[]): TextCleaner {
  const words = known.flatMap(({ kind, value }) => (kind === 'name' ? value.split('^') : [value]));
  return wordCleaner(
    [...new Set(words.filter((word) => word.length >= 4))].sort((a, b) => b.length - a.length),
  );
}

export function contextOf(project: unknown = {}, words: readonly string[] = []): MaskingContext {
  return {
    project: projectSchema.parse({ version: 1, ...(project as object) }),
    cleaner: wordCleaner(words),
    now: new Date('2026-01-01T00:00:00Z'),
    studyTimes: new Map(),
  };
}

/** As {@link contextOf}, with the cleaner that ships: known identifiers, patterns and names. */
export function detectingContext(known: readonly KnownIdentifier[], project: unknown = {}): MaskingContext {
  const identifiers = new KnownIdentifiers();
  for (const identifier of known) identifiers.add(identifier);
  const detectors = [identifiers.freeze().detector(), patternDetector(), nameDetector(), issuedUidDetector()];
  return { ...contextOf(project), cleaner: textCleaner(detectors) };
}

/** Masks every message of a text and gives the text back, segments apart by line feeds. */
export function masked(text: string | Uint8Array, context: MaskingContext = contextOf()): string {
  return maskedBytes(text, context).toString('latin1').replaceAll('\r', '\n').trimEnd();
}

export function maskedBytes(text: string | Uint8Array, context: MaskingContext = contextOf()): Buffer {
  const bytes = typeof text === 'string' ? Buffer.from(text.replaceAll('\n', '\r'), 'latin1') : text;
  const file = readHl7File(bytes);
  const edits = file.parts.flatMap((part) => planMessage(part, context).apply(plainCodes).edits);
  return Buffer.from(spliceToBuffer(bytes, edits));
}

export function actionsOf(text: string, context: MaskingContext = contextOf()): readonly ActionTaken[] {
  const file = readHl7File(Buffer.from(text.replaceAll('\n', '\r'), 'latin1'));
  return file.parts.flatMap((part) => planMessage(part, context).apply(plainCodes).actions);
}

/** One segment of a masked message; the header stands before it. */
export function maskedSegment(
  segment: string,
  context: MaskingContext = contextOf(),
  version = '2.5.1',
): string {
  const name = segment.slice(0, 3);
  const lines = masked(`MSH|^~\\&|||||||ADT^A01|1|P|${version}\n${segment}`, context).split('\n');
  return lines.find((line) => line.startsWith(name)) ?? '';
}
