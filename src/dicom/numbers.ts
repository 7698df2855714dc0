import type { ByteSource } from '../splice.ts';
import type { DataElement, Encoding } from './element.ts';

interface NumberForm {
  readonly size: number;
  read(view: DataView, at: number, littleEndian: boolean): number | bigint;
  write(view: DataView, at: number, value: string, littleEndian: boolean): void;
}

const whole = (value: string): number => Math.trunc(Number(value));

/** Binary numbers by VR (PS3.5 6.2). */
const FORMS: Readonly<Record<string, NumberForm>> = {
  US: {
    size: 2,
    read: (v, at, le) => v.getUint16(at, le),
    write: (v, at, x, le) => v.setUint16(at, whole(x), le),
  },
  SS: {
    size: 2,
    read: (v, at, le) => v.getInt16(at, le),
    write: (v, at, x, le) => v.setInt16(at, whole(x), le),
  },
  UL: {
    size: 4,
    read: (v, at, le) => v.getUint32(at, le),
    write: (v, at, x, le) => v.setUint32(at, whole(x), le),
  },
  SL: {
    size: 4,
    read: (v, at, le) => v.getInt32(at, le),
    write: (v, at, x, le) => v.setInt32(at, whole(x), le),
  },
  FL: {
    size: 4,
    read: (v, at, le) => v.getFloat32(at, le),
    write: (v, at, x, le) => v.setFloat32(at, Number(x), le),
  },
  FD: {
    size: 8,
    read: (v, at, le) => v.getFloat64(at, le),
    write: (v, at, x, le) => v.setFloat64(at, Number(x), le),
  },
  UV: {
    size: 8,
    read: (v, at, le) => v.getBigUint64(at, le),
    write: (v, at, x, le) => v.setBigUint64(at, BigInt(whole(x)), le),
  },
  SV: {
    size: 8,
    read: (v, at, le) => v.getBigInt64(at, le),
    write: (v, at, x, le) => v.setBigInt64(at, BigInt(whole(x)), le),
  },
};

export const isBinaryNumber = (vr: string): boolean => FORMS[vr] !== undefined;

/** Values of a binary number element in decimal; the first thousand. */
export function numberTexts(body: ByteSource, element: DataElement): string[] {
  const form = FORMS[element.vr];
  if (form === undefined) return [];
  const bytes = body.read(
    element.valueStart,
    Math.min(element.valueEnd - element.valueStart, form.size * 1000),
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = Math.floor(bytes.length / form.size);
  return Array.from({ length: count }, (_, i) =>
    String(form.read(view, i * form.size, element.encoding.littleEndian)),
  );
}

/** Bytes of numbers written in decimal, separated by `\`; undefined where one of them is no number. */
export function numberBytes(vr: string, text: string, encoding: Encoding): Uint8Array | undefined {
  const form = FORMS[vr];
  const values = text.split('\\').map((value) => value.trim());
  if (form === undefined || values.some((value) => value === '' || !Number.isFinite(Number(value))))
    return undefined;
  const bytes = new Uint8Array(values.length * form.size);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    form.write(view, i * form.size, value, encoding.littleEndian);
  });
  return bytes;
}
