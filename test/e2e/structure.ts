import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';
import type { ManifestLine } from './cli.ts';
import { inflated } from './key.ts';

/** `path VR value` of every element of a DICOM file, read by dicom-parser; long binary values as their hash. */
export function elementsOf(path: string): string[] {
  return linesOf(parse(readFileSync(path)), '');
}

export function parse(bytes: Buffer): dicomParser.DataSet {
  return dicomParser.parseDicom(bytes, {
    // dicom-parser hands over the whole file and where the data set starts.
    inflater: (file: Uint8Array, position: number) =>
      Buffer.concat([file.subarray(0, position), inflated(Buffer.from(file))[0] ?? Buffer.alloc(0)]),
  } as never);
}

function linesOf(dataSet: dicomParser.DataSet, path: string): string[] {
  return Object.values(dataSet.elements).flatMap((element) => {
    const here = `${path}${element.tag}`;
    if (element.items)
      return element.items.flatMap((item, i) =>
        item.dataSet ? linesOf(item.dataSet, `${here}[${i}].`) : [],
      );
    const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
    const text = Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\0 ]+$/, '');
    const printable = bytes.length <= 4096 && /^[\x20-\x7e\r\n\t]*$/.test(text);
    const value = printable ? text : `#${createHash('sha256').update(bytes).digest('hex')}`;
    return [`${here} ${element.vr ?? ''} ${value}`];
  });
}

/**
 * A release with each issued code replaced by the order in which it is first seen, going by source: two runs differ in
 * their random codes and in nothing else, so their outlines are equal. Long words in capitals are renamed too, in both.
 */
export function outline(out: string, manifest: readonly ManifestLine[]): string[] {
  const seen = new Map<string, number>();
  const ordinal = (code: string) => {
    if (!seen.has(code)) seen.set(code, seen.size);
    return `<${seen.get(code)}>`;
  };
  const rename = (text: string) => text.replace(/2\.25\.\d+|\b[A-Z0-9]{6,16}\b/g, ordinal);
  return [...manifest]
    .sort((a, b) => (a.source < b.source ? -1 : 1))
    .flatMap((line) => {
      const head = `${line.source} ${line.status} ${line.reason} ${JSON.stringify(line.parts ?? null)}`;
      if (!line.output) return [head];
      const path = join(out, 'data', line.output);
      const bytes = readFileSync(path);
      const isDicom = bytes.subarray(128, 132).toString('latin1') === 'DICM';
      const content = isDicom
        ? elementsOf(path).filter((element) => !/^x[0-9a-f]{4}0000 /.test(element))
        : bytes.toString('utf8').split(/[\r\n]+/);
      return [head, ...content.map(rename)];
    });
}
