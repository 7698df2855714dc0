import { describe, expect, it } from 'vitest';
import { formatTag } from '../../../src/dicom/tag.ts';
import { asciiValue } from '../../../src/dicom/values.ts';
import { surveyDicom } from '../../../src/mask/dicom/survey.ts';
import { part10, sequence, text } from '../../dicom/data-set.ts';
import { type MaskedFile, masked } from './mask.ts';

const code = (tag: string, value: string, scheme: string, meaning: string) =>
  sequence(tag, [
    [text('00080100', 'SH', value), text('00080102', 'SH', scheme), text('00080104', 'LO', meaning)],
  ]);
type Named = readonly [code: string, scheme: string, meaning: string];

const textItem = ([value, scheme, meaning]: Named, content: string) => [
  text('0040A040', 'CS', 'TEXT'),
  code('0040A043', value, scheme, meaning),
  text('0040A160', 'UT', content),
];
const numberItem = ([value, scheme, meaning]: Named, number: string, unit: string) => [
  text('0040A040', 'CS', 'NUM'),
  code('0040A043', value, scheme, meaning),
  sequence('0040A300', [[code('004008EA', unit, 'UCUM', unit), text('0040A30A', 'DS', number)]]),
];
const report = (...items: Uint8Array[][]) =>
  part10([text('00080050', 'SH', 'ACC77'), text('00100020', 'LO', '4410077'), sequence('0040A730', items)]);

/** Values of the content items, at any depth. */
function contents({ file }: MaskedFile, tag: string): string[] {
  const inside = (elements: typeof file.dataSet): string[] =>
    elements.flatMap((element) =>
      element.items
        ? element.items.flatMap((item) => inside(item.elements))
        : formatTag(element.tag) === tag
          ? [asciiValue(file.body, element)]
          : [],
    );
  return inside(file.dataSet);
}

describe('content items whose concept names an identifier', () => {
  it('get codes of the crosswalk where there are links to keep, and a placeholder where there are none', () => {
    const result = masked(
      report(
        textItem(['121029', 'DCM', 'Subject Name'], 'Osterkamp Wilma'),
        textItem(['121030', 'DCM', 'Subject ID'], '4410077'),
        textItem(['121022', 'DCM', 'Accession Number'], 'ACC77'),
        textItem(['121016', 'DCM', 'Device Observer Serial Number'], 'XZ881'),
        textItem(['LOCAL1', '99ACME', 'Referring Physician Name'], 'Tannhauser'),
        textItem(['LOCAL2', '99ACME', 'Medical record number'], '4410077'),
      ),
    );
    expect(contents(result, '(0040,A160)')).toEqual(['P7', 'P7', 'ORD5', 'REMOVED', 'REMOVED', 'P7']);
  });

  it('leave findings, places in the body and roles as they are', () => {
    const kept = [
      textItem(['121071', 'DCM', 'Finding'], 'nodule, 4 mm'),
      textItem(['111709', 'DCM', 'Location of sampling site'], 'left breast'),
      textItem(['113874', 'DCM', 'Person Role in Organization'], 'Technologist'),
      textItem(['LOCAL', '99ACME', 'Name of finding'], 'cyst'),
    ];
    expect(contents(masked(report(...kept)), '(0040,A160)')).toEqual([
      'nodule, 4 mm',
      'left breast',
      'Technologist',
      'cyst',
    ]);
  });

  it('are known identifiers of the data set', () => {
    const { source } = masked(
      report(
        textItem(['121029', 'DCM', 'Subject Name'], 'Osterkamp Wilma'),
        textItem(['121071', 'DCM', 'Finding'], 'nodule'),
      ),
    );
    expect(surveyDicom(source).known.map(({ value }) => value)).toEqual([
      'ACC77',
      '4410077',
      'Osterkamp Wilma',
    ]);
  });

  it('cap ages by what the concept means and in what unit, those of persons alone', () => {
    const result = masked(
      report(
        numberItem(['121033', 'DCM', 'Subject Age'], '1140', 'mo'),
        numberItem(['LOCAL', '99ACME', 'Age at examination'], '93', 'a'),
        numberItem(['LOCAL', '99ACME', 'Patient Age'], '1140', 'mo'),
        numberItem(['18185-9', 'LN', 'Gestational Age'], '196', 'd'),
        numberItem(['LOCAL', '99ACME', 'Bone age'], '150', 'mo'),
        numberItem(['LOCAL', '99ACME', 'Average intensity'], '150', '1'),
      ),
    );
    expect(contents(result, '(0040,A30A)')).toEqual(['1080', '90', '1080', '196', '150', '150']);
  });
});
