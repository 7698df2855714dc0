import { describe, expect, it } from 'vitest';
import { codestreamTextDetector } from '../../src/detect/codestream-text.ts';
import type { Place } from '../../src/model/passage.ts';

const hits = (text: string, place: Place = 'codestream') =>
  codestreamTextDetector()
    .detect({ text, locus: 'codestream', place, hints: { format: 'dicom' } })
    .map(({ start, end, tier }) => `${text.slice(start, end)} ${tier}`);

describe('text beside the picture of a compressed frame', () => {
  it.each([
    'JFIF',
    'Created by GDCM/OpenJPEG version 2.3.0',
    'Creator: JasPer Version 1.701.0',
    'Kakadu-v7.10.2',
    'Intel(R) JPEG Library, version [1.51.13.45]',
    'CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90',
    'Copyright (c) 1998 Hewlett-Packard Company',
    'Copyright Apple Inc., 2018',
    'Copyright 2007 Apple Inc., all rights reserved.',
    'sRGB IEC61966-2.1',
    'IEC 61966-2.1 Default RGB colour space - sRGB',
    'Reference Viewing Condition in IEC61966-2.1',
    'Tgq;',
  ])('is nothing where it names a format or a writer: %s', (text) => {
    expect(hits(text)).toEqual([]);
  });

  it('awaits a person where it is anything else', () => {
    expect(hits('JFIF\nscanned for Ida Pellerin')).toEqual(['scanned for Ida Pellerin suspect']);
    expect(hits('Kakadu-2.2 for Ida Pellerin')).toEqual(['Kakadu-2.2 for Ida Pellerin suspect']);
    for (const name of ['IEC Ida Pellerin', 'sRGB Ida Pellerin', 'Copyright Ida Pellerin, Apple Street 7'])
      expect(hits(name)).toEqual([`${name} suspect`]);
  });

  it('is judged in codestreams alone', () => {
    expect(hits('scanned for Ida Pellerin', 'element')).toEqual([]);
  });
});
