import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codedData,
  partsBesideFrame,
  partsBesidePicture,
  rlePartsBesidePicture,
} from '../../../src/dicom/pixels/codestream.ts';
import { described } from './described.ts';

const segment = (marker: number, payload: string | Buffer): Buffer => {
  const bytes = Buffer.from(payload);
  return Buffer.concat([
    Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff]),
    bytes,
  ]);
};
const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);
/** A scan with a stuffed byte and a restart marker. */
const SCAN = Buffer.concat([segment(0xda, '123456'), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4])]);
const texts = (stream: Buffer): string[] =>
  partsBesidePicture(stream).map(
    ({ name, start, end }) => `${name}: ${stream.toString('latin1', start, end)}`,
  );

describe('what stands beside the picture of a JPEG stream', () => {
  it('is found in comments, application segments and behind the end', () => {
    const stream = Buffer.concat([
      SOI,
      segment(0xe0, 'JFIF'),
      segment(0xfe, 'a comment'),
      segment(0xdb, 'table'),
      SCAN,
      segment(0xe1, 'Exif data'),
      SCAN,
      EOI,
      Buffer.from('behind\0'),
    ]);
    expect(texts(stream)).toEqual([
      'APP0: JFIF',
      'COM: a comment',
      'APP1: Exif data',
      'after the end: behind\0',
    ]);
  });

  it('is nothing where only padding follows the end', () => {
    expect(texts(Buffer.concat([SOI, SCAN, EOI, Buffer.from([0])]))).toEqual([]);
    expect(texts(Buffer.concat([SOI, SCAN, EOI, Buffer.alloc(40, 0xff)]))).toEqual([]);
  });
});

describe('marker segments of a JPEG stream', () => {
  it('are beside the picture where decoders do not read them, or more than they read', () => {
    const stream = Buffer.concat([
      SOI,
      segment(0xf3, 'reserved'),
      segment(0xdc, '12 lines and more'),
      segment(0xdd, '12'),
      SCAN,
      segment(0xdc, '12'),
      EOI,
    ]);
    expect(texts(stream)).toEqual(['marker f3: reserved', 'marker dc:  lines and more']);
  });

  it('lead to the data of each scan', () => {
    const stream = Buffer.concat([SOI, SCAN, segment(0xfe, 'between'), SCAN, EOI]);
    const scan = SCAN.subarray(10);
    expect(codedData(stream).map(({ start, end }) => stream.subarray(start, end))).toEqual([scan, scan]);
  });
});

describe('what stands beside the picture of a JPEG 2000 stream', () => {
  const SIZ = segment(0x51, 'sizes');
  const comment = (text: string) => segment(0x64, Buffer.concat([Buffer.from([0, 1]), Buffer.from(text)]));
  const tile = (data: Buffer, inHeader: Buffer = Buffer.alloc(0)): Buffer => {
    const sot = segment(0x90, Buffer.alloc(8));
    const part = Buffer.concat([sot, inHeader, Buffer.from([0xff, 0x93]), data]);
    part.writeUInt32BE(part.length, 6);
    return part;
  };
  const SOC = Buffer.from([0xff, 0x4f]);
  const stream = (behind = ''): Buffer =>
    Buffer.concat([
      SOC,
      SIZ,
      comment('by a writer'),
      tile(Buffer.from([1, 0xff, 0x64, 2])),
      tile(Buffer.from([3]), comment('of a tile')),
      EOI,
      Buffer.from(behind),
    ]);

  it('is found in comments of all headers and behind the end, not in the data', () => {
    expect(texts(stream('behind'))).toEqual(['COM: by a writer', 'COM: of a tile', 'after the end: behind']);
  });

  it('is found in marker segments that nobody knows, but for those of part 2 where it says so', () => {
    const unknown = (capabilities: number) => {
      const sizes = segment(0x51, Buffer.from([capabilities, 0, ...Buffer.alloc(8)]));
      return Buffer.concat([SOC, sizes, segment(0x70, 'offsets'), segment(0x6f, 'hidden'), tile(EOI), EOI]);
    };
    expect(texts(unknown(0))).toEqual(['marker 70: offsets', 'marker 6f: hidden']);
    expect(texts(unknown(0x80))).toEqual(['marker 6f: hidden']);
  });

  it('is found behind the first end of a tile-part without a length', () => {
    const open = tile(Buffer.from([1, 2, 3]));
    open.writeUInt32BE(0, 6);
    expect(texts(Buffer.concat([SOC, SIZ, open, EOI, Buffer.from('hidden'), EOI]))).toEqual([
      'after the end: hidden\xff\xd9',
    ]);
  });

  it('is found in the boxes around the codestream', () => {
    const box = (name: string, content: Buffer): Buffer => {
      const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(name, 'latin1'), content]);
      bytes.writeUInt32BE(bytes.length);
      return bytes;
    };
    const file = Buffer.concat([
      box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
      box('ftyp', Buffer.from('jp2 ')),
      box('xml ', Buffer.from('<name/>')),
      box('jp2c', stream()),
    ]);
    expect(texts(file)).toEqual(['xml : <name/>', 'COM: by a writer', 'COM: of a tile']);
  });
});

it('keeps of the boxes of a JPEG XL file what the picture needs', () => {
  const box = (name: string, content: string): Buffer => {
    const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(name + content, 'latin1')]);
    bytes.writeUInt32BE(bytes.length);
    return bytes;
  };
  const file = Buffer.concat([
    box('JXL ', '\r\n\x87\n'),
    box('ftyp', `jxl ${'\0'.repeat(4)}jxl ${' '.repeat(20)}hidden`),
    box('jxll', '\x05hidden'),
    box('jxli', 'hidden'),
    box('jxlc', '\xff\n...'),
  ]);
  expect(texts(file)).toEqual(['ftyp: hidden', 'jxll: hidden', 'jxli: hidden']);
  expect(codedData(file)).toHaveLength(1);
});

describe('what stands behind the picture of a frame without marks of its own', () => {
  const hidden = Buffer.from('hidden');
  const parts = (transferSyntax: string, stream: Buffer) =>
    partsBesideFrame(stream, described({ transferSyntax })).map(({ start, end }) =>
      stream.toString('latin1', start, end),
    );

  it('is found by the size of the frame, or by the end of the deflated data', () => {
    const native = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]);
    const deflated = deflateRawSync(native);
    expect(parts('1.2.840.10008.1.2.1.98', Buffer.concat([native, hidden]))).toEqual(['hidden']);
    expect(parts('1.2.840.10008.1.2.8.1', Buffer.concat([deflated, hidden]))).toEqual(['hidden']);
    expect(parts('1.2.840.10008.1.2.1.98', native)).toEqual([]);
    expect(parts('1.2.840.10008.1.2.8.1', Buffer.concat([deflated, Buffer.alloc(1)]))).toEqual([]);
    expect(parts('1.2.840.10008.1.2.8.1', hidden)).toEqual([]);
  });
});

describe('what stands beside the picture of an RLE frame', () => {
  it('is found behind the last run and in the unused header', () => {
    const frame = Buffer.concat([Buffer.alloc(64), Buffer.from([257 - 16, 7]), Buffer.from('hidden')]);
    frame.writeUInt32LE(1, 0);
    frame.writeUInt32LE(64, 4);
    frame.write('header', 20);
    const parts = rlePartsBesidePicture(frame, 16).map(({ start, end }) =>
      frame.toString('latin1', start, end),
    );
    expect(parts.map((part) => part.replaceAll('\0', ''))).toEqual(['header', 'hidden']);
  });
});

it('never throws and stays inside the stream, whatever the bytes are', () => {
  const start = fc.constantFrom([0xff, 0xd8], [0xff, 0x4f], [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 1]);
  fc.assert(
    fc.property(
      start,
      fc.array(fc.constantFrom(0, 1, 2, 0x90, 0x93, 0xd9, 0xda, 0xfe, 0xff, 0x64), { maxLength: 60 }),
      (head, tail) => {
        const stream = Uint8Array.from([...head, ...tail]);
        for (const part of [...partsBesidePicture(stream), ...rlePartsBesidePicture(stream, 9)]) {
          expect(part.end).toBeLessThanOrEqual(stream.length);
          expect(part.start).toBeLessThanOrEqual(part.end);
        }
      },
    ),
    { numRuns: 500 },
  );
});
