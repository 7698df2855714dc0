import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createDocuments, type ReadPart } from '../../src/documents/documents.ts';
import { collect, picturesOf, textsOf } from './collect.ts';
import { LIMITS } from './limits.ts';
import { onePage, pdf, showing, stream } from './pdf/write.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const read = async (bytes: Uint8Array, limits = LIMITS, mediaType?: string): Promise<ReadPart[]> =>
  (await collect(documents.read(bytes, limits, mediaType))) as ReadPart[];
const unread = (parts: readonly ReadPart[]): string[] =>
  parts.flatMap((part) => (part.kind === 'unread' ? [part.why] : []));

describe('reading a PDF', { timeout: 180_000 }, () => {
  it('gives the text of each page, and draws no page that has text alone', async () => {
    const parts = await read(onePage(showing('Ottoline Quillfeather')));
    expect(parts).toEqual([{ kind: 'text', locus: 'page 1', text: 'Ottoline Quillfeather' }]);
  });

  it('reads information, custom entries, XMP, bookmarks, annotations and form fields', async () => {
    const xmp = '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><a>In XMP</a></x:xmpmeta>';
    const bytes = onePage(
      showing('x'),
      [
        stream('/Type /Metadata /Subtype /XML', xmp),
        '<< /Title (In title) /Author (In author) /CreationDate (D:20190507101112) /Ward (In custom) >>',
        '<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>',
        '<< /Title (In bookmark) /Parent 8 0 R /Dest [3 0 R /Fit] >>',
        '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (In note) /T (In note title) >>',
        '<< /Type /Annot /Subtype /Widget /FT /Tx /T (In field name) /V (In field) /Rect [9 9 20 20] >>',
      ],
      {
        catalog: '/Metadata 6 0 R /Outlines 8 0 R /AcroForm << /Fields [11 0 R] >>',
        page: '/Annots [10 0 R 11 0 R]',
        trailer: '/Info 7 0 R',
      },
    );
    const all = textsOf(await read(bytes)).join('\n');
    for (const text of [
      'title',
      'author',
      'custom',
      'XMP',
      'bookmark',
      'note',
      'note title',
      'field',
      'field name',
    ])
      expect(all).toContain(`In ${text}`);
    expect(all).toContain('2019-05-07');
  });

  it('draws pages with pictures, their text left out, and pages whose letters are drawn', async () => {
    const image = stream(
      '/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray',
      Buffer.from([0, 255, 255, 0]),
    );
    const resources = '/XObject << /I 6 0 R >>';
    const content = `${showing('MMMMMMMM')} q 40 0 0 40 300 20 cm /I Do Q`;
    const parts = await read(onePage(content, [image], { resources }));
    const [picture] = picturesOf(parts);
    expect(picture).toMatchObject({ page: 1, locus: 'page 1', width: 1000, height: 500, channels: 3 });
    const dark = (left: number, right: number) => {
      let count = 0;
      for (let y = 0; y < 500; y++)
        for (let x = left; x < right; x++) if ((picture?.data[3 * (y * 1000 + x)] ?? 255) < 100) count++;
      return count;
    };
    expect(dark(0, 700)).toBe(0);
    expect(dark(700, 1000)).toBeGreaterThan(1000);
    expect(unread(parts)).toEqual([]);
    const drawn = await read(onePage('0 0 m 9 9 l S '.repeat(20)));
    expect(picturesOf(drawn)).toHaveLength(1);
  });

  it('says which picture it could not decode', async () => {
    const image = stream(
      '/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode',
      'no JPEG at all',
    );
    const bytes = onePage('q 40 0 0 40 9 9 cm /I Do Q', [image], { resources: '/XObject << /I 6 0 R >>' });
    expect(unread(await read(bytes))).not.toEqual([]);
  });

  it('opens attachments, their names too, and a PDF in a PDF', async () => {
    const inner = onePage(showing('Inner text'));
    const bytes = onePage(
      showing('x'),
      [
        stream('/Type /EmbeddedFile', inner),
        '<< /Type /Filespec /F (In file name.pdf) /EF << /F 6 0 R >> >>',
      ],
      { catalog: '/Names << /EmbeddedFiles << /Names [(In key) 7 0 R] >> >>' },
    );
    const parts = await read(bytes);
    expect(parts).toContainEqual({ kind: 'text', locus: 'attachment 1 page 1', text: 'Inner text' });
    expect(textsOf(parts).join()).toContain('In file name');
  });

  it('reads what a later change took out, and what stands behind the end', async () => {
    const before = onePage(showing('Before'));
    const at = before.length;
    const changed = stream('', showing('After'));
    const update = Buffer.concat([
      Buffer.from('5 0 obj\n'),
      changed,
      Buffer.from(
        `\nendobj\nxref\n5 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev ${before.indexOf('xref')} >>\nstartxref\n${at + changed.length + 16}\n%%EOF\nBehind it`,
      ),
    ]);
    const texts = textsOf(await read(Buffer.concat([before, update])));
    expect(texts).toEqual(expect.arrayContaining(['Before', 'After', '\nBehind it']));
  });

  it('refuses a password, too many pages, and what is no PDF inside', async () => {
    const locked = onePage(
      showing('x'),
      [
        '<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) >>',
      ],
      {
        trailer: '/Encrypt 6 0 R /ID [<00> <00>]',
      },
    );
    expect(unread(await read(locked))).toEqual([expect.stringMatching('password')]);
    const kids = Array.from({ length: 300 }, () => '3 0 R').join(' ');
    const long = pdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count 300 >>`,
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>',
    ]);
    expect(unread(await read(long))).toEqual([expect.stringMatching('pages')]);
    expect(unread(await read(Buffer.from('%PDF-1.4 and nothing else')))).toEqual([
      expect.stringMatching('broken'),
    ]);
  });

  it('stops at a page that inflates without end, and reads the next document', async () => {
    let bomb: Buffer = Buffer.alloc(64 << 20, ' ');
    for (let i = 0; i < 2; i++) bomb = deflateSync(bomb);
    const bytes = pdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [${'4 0 R '.repeat(200)}] >>`,
      stream('/Filter [/FlateDecode /FlateDecode]', bomb),
    ]);
    expect(unread(await read(bytes, { ...LIMITS, documentSeconds: 5 }))).not.toEqual([]);
    expect(textsOf(await read(onePage(showing('Next'))))).toEqual(['Next']);
  });
});

describe('reading other documents', () => {
  it('opens what is inside: a picture in RTF, Exif in the picture', async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .withExif({ IFD0: { Artist: 'Ottoline' } })
      .png()
      .toBuffer();
    const rtf = `{\\rtf1 {\\pict\\pngblip ${png.toString('hex')}}}`;
    const parts = await read(Buffer.from(rtf));
    expect(parts).toContainEqual(
      expect.objectContaining({ locus: 'picture metadata', text: 'Ottoline', typed: 'A' }),
    );
    expect(picturesOf(parts)).toEqual([expect.objectContaining({ locus: 'picture page 1', width: 9 })]);
  });

  it('reads models by what they say besides their triangles', async () => {
    const stl = Buffer.alloc(84 + 50);
    stl.write('Ottoline Quillfeather');
    stl.writeUInt32LE(1, 80);
    const [header] = await read(stl, LIMITS, 'model/stl');
    expect(header).toMatchObject({ kind: 'bytes', locus: 'header' });
  });

  it('draws an SVG with paths, and looks nothing up outside of it', async () => {
    const svg = (inside: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">${inside}</svg>`;
    const drawn = await read(
      Buffer.from(svg('<path d="M0 0 L 30 30"/><image href="file:///etc/hostname"/>')),
    );
    expect(picturesOf(drawn)).toEqual([expect.objectContaining({ width: 60, height: 30 })]);
    expect(picturesOf(await read(Buffer.from(svg('<text y="20">text</text>'))))).toEqual([]);
  });

  it('never takes what nobody can read for clean', async () => {
    expect(unread(await read(Buffer.from([0, 1, 2, 3])))).not.toEqual([]);
    expect(unread(await read(Buffer.from('{\\rtf1 x}'), { ...LIMITS, documentBytes: 4 }))).not.toEqual([]);
  });
});
