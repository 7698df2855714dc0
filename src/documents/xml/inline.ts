/** Elements of HTML that stand within a line (HTML Living Standard, phrasing content). */
const HTML = new Set(
  'a abbr acronym b bdi bdo big cite code content data del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** The same of a CDA narrative (CDA R2 4.3.5). */
const NARRATIVE = new Set(['content', 'linkhtml', 'sub', 'sup']);

/** Whether the words before and after a tag of this name may be one word. */
export const isInline = (name: string, html: boolean): boolean =>
  (html ? HTML : NARRATIVE).has(name.toLowerCase());
