import { TextDecoder } from 'node:util';
import { documentKind } from '../../documents/kind.ts';
import { replacementsIn, replacementsOverBreaks } from '../hl7/cleaning.ts';
import type { MaskingContext } from '../masking.ts';
import { cleanXml } from './xml.ts';

/**
 * A document with the identifiers taken out, in UTF-8: plain text, XML and clinical documents (CDA). Undefined for every
 * other kind, for text that is not in UTF-8, and for XML that is not well-formed: such documents cannot be cleaned.
 */
export function cleanDocument(
  bytes: Uint8Array,
  mediaType: string,
  { cleaner, project }: MaskingContext,
): string | undefined {
  const kind = documentKind(bytes, mediaType);
  if (kind !== 'text' && kind !== 'xml') return undefined;
  const text = decodeUtf8(bytes);
  if (text === undefined) return undefined;
  if (kind === 'text') return cleanPlain(text, { cleaner });
  const named = /^<\?xml[^>]*?\bencoding\s*=\s*["']([\w-]+)["']/.exec(text)?.[1];
  if (named !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(named)) return undefined;
  return cleanXml(text, { cleaner, dates: project.dates });
}

function cleanPlain(text: string, { cleaner }: Pick<MaskingContext, 'cleaner'>): string {
  const all = [...replacementsIn(cleaner, text), ...replacementsOverBreaks(cleaner, text)];
  let result = '';
  let at = 0;
  for (const { start, end, placeholder } of all.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    result += text.slice(at, Math.max(at, start)) + (start < at ? '' : placeholder);
    at = end;
  }
  return result + text.slice(at);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
