import type { TaggedSpan } from './tag.ts';

/** A title just before a name: `Dr.`, `Mrs`, also in capitals. */
const TITLE =
  /(?<![\p{L}\p{N}])(?:Drs?|Mrs?|Ms|Miss|Prof|Rev|Sra?|Sgt|Capt|Lt|DRS?|MRS?|MS|MISS|PROF|drs?|mrs?|ms)\.? ?$/u;

/** Names with the title before them: whether a title is part of a name is a matter of taste, and it helps nobody alone. */
export function withTitles(text: string, spans: readonly TaggedSpan[]): TaggedSpan[] {
  return spans.map((span) => {
    if (span.label !== 'NAME') return span;
    const title = TITLE.exec(text.slice(Math.max(0, span.start - 8), span.start));
    return title === null ? span : { ...span, start: span.start - title[0].length };
  });
}
