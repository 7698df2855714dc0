import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { grouped, oneOf, weighted, written } from '../shapes.ts';

/** An NHS number: ten digits, the last a check modulo 11. */
function nhs(random: Random): string {
  for (;;) {
    const nine = written(random, '499999999');
    const check = (11 - (weighted(nine, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    if (check < 10) return nine + check;
  }
}

export const mrn: Family = {
  category: 'H',
  kinds: {
    digits: { make: oneOf('899999', '8999999', '00999999', '0999999999', '89999999', '99999999') },
    parted: { make: oneOf('99-99-99', '999-99-99', '9999-9999', '99 99 99', '99.99.99', '999-999-999') },
    mixed: {
      make: oneOf(
        'AA999999',
        'A9999999',
        '9999999A',
        'M000999999',
        'AAA-9999999',
        'X99999999',
        'E9999999',
        'H-999999',
        'Z9999999/8',
      ),
    },
    nhs: {
      make: (random) =>
        random.pick([
          grouped(nhs(random), [3, 3, 4], ' '),
          nhs(random),
          grouped(nhs(random), [3, 3, 4], '-'),
        ]),
      phrasings: [
        'NHS number {v}',
        'NHS No: {v}',
        'NHS no. {v}',
        'NHS {v}',
        'CHI number: {v}',
        'CHI {v}',
        'H&C number {v}',
        'Health and Care Number: {v}',
      ],
    },
    kiwi: { make: oneOf('AAA9999', 'AAA99AA'), phrasings: ['NHI {v}', 'NHI number: {v}', 'NHI no. {v}'] },
    irish: {
      make: oneOf('899999999999999999'),
      phrasings: ['IHI number {v}', 'Individual Health Identifier: {v}'],
    },
    register: {
      make: oneOf('A999999', '999999'),
      phrasings: [
        'URN {v}',
        'UR No. {v}',
        'UR number: {v}',
        'UMRN {v}',
        'HRN: {v}',
        'BHT no {v}',
        'UHID {v}',
        'UHID No. {v}',
        'OP No. {v}',
        'IP no: {v}',
        'CR No. {v}',
      ],
    },
  },
  phrasings: [
    'MRN: {v}',
    'MRN {v}',
    'MRN# {v}',
    'mrn {v}',
    'Medical Record Number: {v}',
    'Medical record no. {v}',
    'Med Rec # {v}',
    'medical record number is {v}',
    'MR #: {v}',
    'M.R. No. {v}',
    'Patient ID: {v}',
    'Patient ID {v}',
    'Pt ID# {v}',
    'pt. id {v}',
    'Patient No. {v}',
    'patient number {v}',
    'Patient identifier {v}',
    'Hospital number: {v}',
    'Hospital No {v}',
    'Hosp. no. {v}',
    'Unit number {v}',
    'Unit No.: {v}',
    'Chart # {v}',
    'Chart number {v}',
    'Chart No: {v}',
    'EMRN {v}',
    'PID: {v}',
    'Epic ID {v}',
    'EMPI {v}',
    'PID|3|{v}^^^HOSP^MR',
    'This 54-year-old man (MRN {v}) was seen in clinic.',
    'Filed under record number {v}',
    'Old records are under MRN {v} and should be merged.',
    'Clinic number {v}',
    'Case of patient with medical record number {v} was reviewed at tumor board',
    'RE: MRN {v}',
    'Dictating on medical record number {v}.',
    'Patient: [NAME]  MRN: {v}  Sex: F',
    'ROE,JANE ({v}) MRN',
    'record # {v}',
    'DICOM comment: prior study filed with PatientID {v}',
    'patient_id={v}',
    'Subject ID {v}',
    'Study subject number {v}',
    'medical records number - {v}',
    'Health record no {v}',
    'MPI {v}',
    'MRN on wristband {v}',
    'ID band reads MRN {v}',
  ],
};
