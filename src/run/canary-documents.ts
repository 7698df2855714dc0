import type { RunResult } from '../model/result.ts';
import type { Limits } from '../project/schema.ts';
import { searchDocument } from './documents.ts';
import { PassageSearch } from './passage-search.ts';
import { type AuditTools, acceptingNothing } from './tools.ts';

type Canary = RunResult['canaries'][number];

/** The same invented person in a document of each kind that hides its text in another way. */
const DOCUMENTS: readonly (readonly [locus: string, document: string])[] = [
  ['text', String.raw`{\rtf1\ansi seen: Quill\b feather, Ottol\'69ne}`],
  ['text', '<html><body><p>seen: Quill<b>feather</b>, Ottol&#105;ne</p></body></html>'],
  ['page 1', pdf('BT /F1 12 Tf 9 9 Td [(seen: Quill) 20 (feather, Ottol\\151ne)] TJ ET')],
];

/**
 * Documents with a planted name go through the reading of documents: only where the run had documents, since a PDF starts a
 * thread.
 */
export async function documentCanary(tools: AuditTools, limits: Limits): Promise<Canary> {
  const strict = acceptingNothing(tools);
  let found = 0;
  for (const [locus, document] of DOCUMENTS) {
    const search = new PassageSearch(strict, [], { sourceId: 'canary', output: '' }, 'document');
    const place = {
      bytes: Buffer.from(document, 'latin1'),
      locus: '',
      hints: { format: 'document' },
    } as const;
    await searchDocument(place, search, strict, [], limits);
    const { findings } = search.result();
    if (findings.some(({ finding }) => finding.detector === 'known' && finding.locus === locus)) found += 1;
  }
  return { detector: 'reading of documents', planted: DOCUMENTS.length, found };
}

/** A PDF of one page (PDF 32000-2 7.5), its cross-reference table included. */
function pdf(content: string): string {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let file = '%PDF-1.7\n';
  let table = '0000000000 65535 f \n';
  objects.forEach((object, i) => {
    table += `${String(file.length).padStart(10, '0')} 00000 n \n`;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
  });
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}
