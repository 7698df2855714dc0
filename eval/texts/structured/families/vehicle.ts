import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { oneOf, written } from '../shapes.ts';

const VALUES = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ';
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** A vehicle identification number with its check digit. */
function vin(random: Random): string {
  const maker = random.pick([
    '1HG',
    '1FT',
    '2T1',
    '3FA',
    '4T1',
    '5YJ',
    'JH4',
    'KMH',
    'WBA',
    '1GC',
    'JTD',
    '2HG',
  ]);
  const body = `${maker}${written(random, 'AX9XX')}0${random.pick([...'ABCDEFGHJKLMNPRSTVWXY123456789'])}${written(random, 'A999999')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (VALUES.indexOf(body[i] ?? '') % 10), 0);
  return `${body.slice(0, 8)}${sum % 11 === 10 ? 'X' : sum % 11}${body.slice(9)}`;
}

export const vehicle: Family = {
  category: 'L',
  kinds: {
    vin: {
      shaped: true,
      make: vin,
      phrasings: [
        'VIN: {v}',
        'VIN {v}',
        'VIN# {v}',
        'VIN number {v}',
        'Vehicle identification number {v}',
        'Vehicle ID: {v}',
        'vehicle VIN is {v}',
        'Restrained driver of a sedan (VIN {v}) struck from the left.',
        'chassis number {v}',
        'Chassis no. {v}',
        'Police report lists the car as {v}.',
        'insured vehicle {v}',
        'his truck, VIN {v}, was totaled',
        'wheelchair van VIN - {v}',
        'Auto claim, vehicle {v}',
      ],
    },
    european: {
      make: oneOf(
        'WVWZZZ8AZ9A999999',
        'WDB9999991A999999',
        'VF1AA999999999999'.replace('AA', 'BB'),
        'TMBZZZ5J9A9999999'.slice(0, 17),
      ),
      phrasings: [
        'VIN {v}',
        'FIN {v}'.replace('FIN', 'Fahrgestellnummer'),
        'Chassis number: {v}',
        'vehicle identification no. {v}',
        'frame number {v}',
      ],
    },
    plate: {
      make: oneOf(
        '8AAA999',
        'AAA-9999',
        'AAA 9999',
        'AA99 AAA',
        '999-AAA',
        'AAA 999',
        'AAA9999',
        '99-AAA-8',
        'AA-999-AA',
        '999 AAA',
        'AA 99 999',
        '191-D-9999',
        'B-AA 9999',
        'AAA99A',
      ),
      phrasings: [
        'License plate: {v}',
        'License plate {v}',
        'license plate number {v}',
        'Licence plate no. {v}',
        'Plate # {v}',
        'plate number {v}',
        'Number plate {v}',
        'number plate: {v}',
        'Vehicle registration {v}',
        'Vehicle reg: {v}',
        'vehicle registration number {v}',
        'car registration {v}',
        'Reg plate {v}',
        'Rego {v}',
        'rego: {v}',
        'tag number {v}',
        'vehicle tag {v}',
        'Hit by a blue pickup, license plate {v}, which fled the scene.',
        'She drives a Toyota with plate {v}.',
        'Parking permit for car {v}',
        'EMS reports vehicle with tags {v}',
        'Kennzeichen {v}',
        'Kfz-Kennzeichen: {v}',
        'immatriculation {v}',
        'Handicap placard number {v}',
        'plates {v} (Ontario)',
        'motorcycle registration {v}',
        'LICENSE PLATE NO {v}',
        'car reg {v}',
        'car with licence plate {v} in bay 4',
      ],
    },
  },
  phrasings: [],
};
