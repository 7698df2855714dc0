/** Writes PDFs by hand: objects by number from 1, the first of them the catalog. */
export function pdf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  objects.forEach((object, i) => {
    const whole = Buffer.concat([
      Buffer.from(`${i + 1} 0 obj\n`),
      Buffer.from(object as Buffer),
      Buffer.from('\nendobj\n'),
    ]);
    offsets.push(at);
    parts.push(whole);
    at += whole.length;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

export function stream(dictionary: string, data: Uint8Array | string): Buffer {
  const bytes = Buffer.from(data as Uint8Array);
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** A page with Helvetica as /F1: objects 1 to 4, the content 5; more objects follow. */
export function onePage(
  content: string,
  more: readonly (string | Buffer)[] = [],
  extra: OnePage = {},
): Buffer {
  return pdf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${extra.catalog ?? ''} >>`,
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> ${extra.resources ?? ''} >> ${extra.page ?? ''} >>`,
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      stream('', content),
      ...more,
    ],
    extra.trailer,
  );
}

export interface OnePage {
  readonly catalog?: string;
  readonly page?: string;
  readonly resources?: string;
  readonly trailer?: string;
}

export const showing = (text: string): string => `BT /F1 18 Tf 20 100 Td (${text}) Tj ET`;
