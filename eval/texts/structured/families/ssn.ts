import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { grouped, oneOf, withLuhn, written } from '../shapes.ts';

/** Nine digits with an area, group and serial that can be issued. */
function nine(random: Random): string {
  const area = random.pick([random.whole(1, 665), random.whole(667, 899)]);
  return `${String(area).padStart(3, '0')}${String(random.whole(1, 99)).padStart(2, '0')}${String(random.whole(1, 9999)).padStart(4, '0')}`;
}

export const ssn: Family = {
  category: 'G',
  kinds: {
    dashed: { shaped: true, make: (random) => grouped(nine(random), [3, 2, 4], '-') },
    spaced: { shaped: true, make: (random) => grouped(nine(random), [3, 2, 4], ' ') },
    plain: { make: nine },
    dotted: { make: (random) => grouped(nine(random), [3, 2, 4], '.') },
    unissued: { make: oneOf('999-79-9999', '666-99-9999', '000-99-9999') },
    ended: {
      make: oneOf('9999'),
      phrasings: [
        'SSN ending in {v}',
        'last four of social {v}',
        'last 4 SSN: {v}',
        'SSN xxx-xx-{v}',
        'SSN (last 4): {v}',
        'SSN: ***-**-{v}',
        'Social ends with {v}',
      ],
    },
    insurance: {
      make: (random) =>
        `AA 99 99 99 B`.replace(/[A9B]/g, (char) =>
          char === 'B'
            ? random.pick([...'ABCD'])
            : char === 'A'
              ? random.pick([...'ABCEGHJKLMNPRSTWXYZ'])
              : String(random.whole(0, 9)),
        ),
      phrasings: ['National Insurance number {v}', 'NINO: {v}', 'NI no. {v}', 'Nat. Ins. No: {v}'],
    },
    canadian: {
      make: (random) => grouped(withLuhn(written(random, '899999999')), [3, 3, 3], random.pick([' ', '-'])),
      phrasings: ['SIN {v}', 'Social Insurance Number: {v}', 'her SIN is {v}'],
    },
    national: {
      make: oneOf(
        'AAAAAA99A99A999A',
        '99999999A',
        'X9999999A'.replace('X', 'X'),
        '899999-9999',
        '99999 999 999',
      ),
      phrasings: [
        'National ID: {v}',
        'national identity number {v}',
        'Personal identification number {v}',
        'Identity card no. {v}',
      ],
    },
    nordic: {
      make: oneOf('850899-9999', '850899-9999'),
      phrasings: ['Personnummer: {v}', 'CPR {v}', 'CPR-nr. {v}', 'henkilötunnus {v}', 'personnr {v}'],
    },
    mediterranean: {
      make: oneOf('99999999A', 'AAAAAA99A99A999A'),
      phrasings: ['DNI {v}', 'codice fiscale {v}', 'NIF: {v}', 'C.F. {v}'],
    },
    french: {
      make: oneOf('8 99 08 99 999 999 99', '899089999999999'),
      phrasings: ['NIR {v}', 'N° de sécurité sociale : {v}', 'numéro de sécu {v}'],
    },
    dutch: {
      make: oneOf('899999999', '8999.99.999'),
      phrasings: ['BSN {v}', 'BSN-nummer: {v}', 'Burgerservicenummer {v}'],
    },
    irish: {
      make: oneOf('8999999AA', '8999999A'),
      phrasings: ['PPS number {v}', 'PPSN: {v}', 'PPS No. {v}'],
    },
    pesel: { make: oneOf('99089999999'), phrasings: ['PESEL {v}', 'PESEL: {v}', 'nr PESEL {v}'] },
    aadhaar: {
      make: oneOf('7999 9999 9999', '799999999999'),
      phrasings: ['Aadhaar no. {v}', 'Aadhar: {v}', 'UIDAI {v}'],
    },
    tax: {
      make: oneOf('999 999 999', '99-9999999'),
      phrasings: ['TFN {v}', 'Tax file number: {v}', 'Tax ID {v}', 'EIN {v}'],
    },
  },
  phrasings: [
    'SSN: {v}',
    'SSN {v}',
    'SS# {v}',
    'SSN#: {v}',
    'Social Security Number {v}',
    'Social Security No. {v}',
    'Social security # is {v}.',
    'soc sec {v}',
    'Soc. Sec. No.: {v}',
    'Social: {v}',
    'social security number of {v}',
    'His social security number is {v} per the face sheet.',
    'Verified identity by SSN ({v}).',
    'ssn={v}',
    'S.S.N. {v}',
    'SS number {v}',
    'SS no {v}',
    'PID|19|SSN {v}',
    'Patient SSN - {v}',
    'Guarantor SSN: {v}',
    'Spouse social {v}',
    'SocialSecurityNumber: {v}',
    'SSN on file {v}, confirmed by daughter',
    'The patient gave his social as {v} at registration.',
    'SSA number {v}',
    'soc sec num {v}',
    'social security card shows {v}',
    'SSN (patient): {v}',
    'DOB and SSN {v} match the chart',
    "Mother's SSN {v}",
    'registered under social security {v}',
    'ITIN/SSN: {v}',
    'SSN listed as {v}',
    'Tax id / social: {v}',
  ],
};
