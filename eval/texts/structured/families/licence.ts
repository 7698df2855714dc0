import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { oneOf, withLuhn, written } from '../shapes.ts';

function npi(random: Random): string {
  const digits = written(random, '1999999999');
  return withLuhn(`80840${digits}`).slice(5);
}

function dea(random: Random): string {
  const digits = written(random, '999999');
  const at = (i: number) => Number(digits[i]);
  return `${random.pick(['A', 'B', 'F', 'M'])}${written(random, 'A')}${digits}${(at(0) + at(2) + at(4) + 2 * (at(1) + at(3) + at(5))) % 10}`;
}

export const licence: Family = {
  category: 'K',
  kinds: {
    driver: {
      make: oneOf(
        'A9999999',
        '99999999',
        'A999-9999-9999',
        'A99-99-9999',
        '999-999-999',
        'AA999999A',
        'A999999999999',
        'ROEXX999999A99AA',
      ),
      phrasings: [
        "Driver's license: {v}",
        "Driver's license number {v}",
        'Drivers license # {v}',
        'Driver license no. {v}',
        'driving licence {v}',
        'Driving licence number: {v}',
        'DL# {v}',
        'DL: {v}',
        'DL number {v}',
        'D.L. No. {v}',
        "ID verified with driver's license {v} (CA).",
        'Identity confirmed by driving licence no {v}',
        'CDL {v}',
        'state ID {v}',
        'State ID card # {v}',
        "learner's permit {v}",
        'OLN {v}',
      ],
    },
    professional: {
      make: oneOf('A99999', 'MD-999999', '99999', 'G99999', 'ME 99999', 'RN999999', '036-999999', 'C99999'),
      phrasings: [
        'License number: {v}',
        'License # {v}',
        'License No. {v}',
        'licence no {v}',
        'Lic. # {v}',
        'Lic No: {v}',
        'Medical license {v}',
        'State license number {v}',
        'Physician license: {v}',
        'RN license {v}',
        'nursing license number is {v}',
        'Certificate number {v}',
        'Certificate No.: {v}',
        'Certification # {v}',
        'Board certificate {v}',
        'Registration number {v}',
        'Reg. No. {v}',
        'professional registration no {v}',
        'Electronically signed, attending physician, license {v}',
        'birth certificate no. {v}',
        'Death certificate number: {v}',
      ],
    },
    british: {
      make: oneOf('8999999', '99A9999A'),
      phrasings: ['GMC {v}', 'GMC number {v}', 'GMC No: {v}', 'NMC PIN {v}', 'HCPC {v}', 'AHPRA {v}'],
    },
    australian: {
      make: oneOf('999999AA', 'MED0009999999'),
      phrasings: ['Provider No. {v}', 'provider number {v}', 'AHPRA registration {v}', 'Provider No: {v}'],
    },
    npi: {
      make: npi,
      phrasings: [
        'NPI {v}',
        'NPI: {v}',
        'NPI # {v}',
        'NPI number is {v}',
        'National Provider Identifier {v}',
        'ordering provider NPI {v}',
      ],
    },
    dea: {
      make: dea,
      phrasings: ['DEA {v}', 'DEA# {v}', 'DEA number: {v}', 'DEA No. {v}', 'DEA registration {v}'],
    },
    passport: {
      make: oneOf('X9999999', '999999999', 'AA9999999', '99AA99999', 'C99AAA999'.replace('AAA', 'X')),
      phrasings: [
        'Passport number {v}',
        'Passport No. {v}',
        'passport {v}',
        'Passport #: {v}',
        'traveled on passport no {v}',
        'visa number {v}',
        'Alien registration number A{v}'.replace('A{v}', '{v}'),
        'green card {v}',
      ],
    },
  },
  phrasings: [],
};
