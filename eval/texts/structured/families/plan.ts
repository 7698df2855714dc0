import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { oneOf, written } from '../shapes.ts';

const L = 'ACDEFGHJKMNPQRTUVWXY';
/** A Medicare beneficiary identifier, hyphened as on the card or not. */
function mbi(random: Random): string {
  const letter = () => random.pick([...L]);
  const either = () => random.pick([...L, ...'0123456789']);
  const digit = () => written(random, '9');
  const parts = [
    written(random, '8') + letter() + either() + digit(),
    letter() + either() + digit(),
    letter() + letter() + digit() + digit(),
  ];
  return parts.join(random.pick(['-', '', '-']));
}

export const plan: Family = {
  category: 'I',
  kinds: {
    member: {
      make: oneOf(
        'AAA999999999',
        'W999999999',
        'XXX99999999'.replace('XXX', 'AAX'),
        '999999999',
        '89999999-01',
        'H99999999',
        'AAA99A99999',
        '999999999A',
        'ZGP999999999',
        '8999999',
      ),
    },
    medicare: {
      make: mbi,
      phrasings: [
        'Medicare number {v}',
        'MBI: {v}',
        'Medicare # {v}',
        'MBI {v}',
        'Medicare beneficiary identifier {v}',
        'HICN/MBI {v}',
      ],
    },
    hicn: {
      make: oneOf('999-99-9999A', '999999999A'),
      phrasings: ['HICN {v}', 'HIC number {v}', 'Medicare claim number {v}', 'HIC# {v}'],
    },
    medicaid: {
      make: oneOf('AA99999A', '9999999999', '99999999901'),
      phrasings: [
        'Medicaid ID {v}',
        'Medicaid number: {v}',
        'Medi-Cal # {v}',
        'CIN {v}',
        'MassHealth ID {v}',
        'TennCare {v}',
      ],
    },
    australian: {
      make: oneOf('7999 99999 8', '79999999998', '7999 99999 8/1', '7999-99999-8'),
      phrasings: [
        'Medicare No. {v}',
        'Medicare card {v}',
        'Medicare card number: {v} IRN 1',
        'Medicare: {v}',
      ],
    },
    ihi: {
      make: oneOf('8003 6099 9999 9999', '8003609999999999'),
      phrasings: ['IHI {v}', 'IHI number: {v}', 'Individual Healthcare Identifier {v}'],
    },
    dva: {
      make: oneOf('NX999999', 'QSM99999', 'V999999'),
      phrasings: ['DVA file number {v}', 'DVA No: {v}', 'DVA gold card {v}'],
    },
    canadian: {
      make: oneOf('9999-999-999-AA', '9999 999 999', '9999999999', 'ROEJ 9999 9999'),
      phrasings: [
        'Health card number {v}',
        'OHIP: {v}',
        'OHIP # {v}',
        'HCN {v}',
        'PHN {v}',
        'RAMQ {v}',
        'Health card: {v}',
        'PHIN {v}',
        'Care card {v}',
      ],
    },
    european: {
      make: oneOf('A999999999', '80756999999999999999', '8999999999'),
      phrasings: [
        'Versichertennummer {v}',
        'Krankenversichertennummer: {v}',
        'EHIC {v}',
        'Versicherten-Nr. {v}',
        'tessera sanitaria {v}',
        'GMS number {v}',
        'medical card no. {v}',
      ],
    },
  },
  phrasings: [
    'Member ID: {v}',
    'Member ID {v}',
    'Member # {v}',
    'member number {v}',
    'Insurance ID {v}',
    'Insurance ID#: {v}',
    'Insurance policy number: {v}',
    'Policy # {v}',
    'Policy No. {v}',
    'policy number is {v}',
    'Subscriber ID: {v}',
    'Subscriber # {v}',
    'subscriber number {v}',
    'Group number {v}',
    'Group #: {v}',
    'Health plan ID {v}',
    'Health plan number: {v}',
    'Health Plan Beneficiary No. {v}',
    'Beneficiary ID {v}',
    'Beneficiary number {v}',
    'Plan ID: {v}',
    'Blue Cross ID {v}',
    'BCBS {v}',
    'BCBS member id {v}',
    'Aetna ID# {v}',
    'Insured ID: {v}',
    "Insured's ID number {v}",
    'Enrollee ID {v}',
    'Humana member {v}',
    'IN1|1|{v}|AETNA',
    'Covered by UnitedHealthcare, member ID {v}, group pending.',
    'Her insurance number is {v}.',
    'Insurance: Cigna PPO, ID {v}',
    'Tricare ID {v}',
    'Payer ID {v}',
    'Prior auth requested under policy {v}',
    'insurance card shows member number {v}',
    'RxGrp {v}',
    'Rx Group: {v}',
    'certificate of coverage ID {v}',
    'Kaiser # {v}',
    'Authorization # {v}',
    'Secondary insurance policy {v}',
    'coverage verified, subscriber {v}',
  ],
};
