import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { grouped, oneOf, withLuhn, written } from '../shapes.ts';

function card(random: Random): string {
  const picture = random.pick(['4999999999999999', '5199999999999999', '6011999999999999']);
  const digits = withLuhn(written(random, picture));
  return random.chance(0.5) ? grouped(digits, [4, 4, 4, 4], random.pick([' ', '-'])) : digits;
}

const IBANS = [
  ['DE', '999999999999999999', 4],
  ['GB', 'AAAA99999999999999', 4],
  ['FR', '99999999999999999999999', 4],
  ['NL', 'AAAA9999999999', 4],
  ['ES', '99999999999999999999', 4],
  ['IE', 'AAAA99999999999999', 4],
  ['BE', '999999999999', 4],
  ['CH', '99999999999999999', 4],
] as const;

function iban(random: Random): string {
  const [country, picture] = random.pick(IBANS);
  const body = written(random, picture);
  let remainder = 0;
  for (const char of `${body}${country}00`) {
    const number = Number.parseInt(char, 36);
    remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97;
  }
  const whole = `${country}${String(98 - remainder).padStart(2, '0')}${body}`;
  return random.chance(0.6) ? whole.replace(/(.{4})(?=.)/g, '$1 ') : whole;
}

export const account: Family = {
  category: 'J',
  kinds: {
    digits: { make: oneOf('899999', '8999999999', '00999999', '8999999', '999999999', '899999999999') },
    mixed: {
      make: oneOf(
        'A-99999',
        'V99999999',
        'ACC9999999',
        '999-9999-99',
        '9999 9999 99',
        '99-999999',
        'H999999999',
        'HSP-999999',
        '8999999-01',
        'AA99999',
      ),
    },
    card: {
      make: card,
      phrasings: [
        'Visa {v}',
        'credit card {v}',
        'Mastercard number {v}',
        'copay charged to card {v}',
        'Card no. {v}',
        'CC# {v}',
        'debit card number: {v}',
        'payment card {v} exp 04/27',
      ],
    },
    iban: {
      make: iban,
      phrasings: ['IBAN {v}', 'IBAN: {v}', 'Bank details: {v}', 'Refund to {v} please', 'bank account {v}'],
    },
    bank: {
      make: oneOf('99-99-99 99999999', '021000999', '999-999 999999999'),
      phrasings: [
        'sort code and account {v}',
        'routing number {v}',
        'BSB/Acct {v}',
        'Bank account no. {v}',
        'Sort code/account no: {v}',
      ],
    },
    ended: {
      make: oneOf('9999'),
      phrasings: [
        'card ending in {v}',
        'account ending {v}',
        'Visa ending {v}',
        'acct # ending in {v}',
        'card xxxx-xxxx-xxxx-{v}',
      ],
    },
  },
  phrasings: [
    'Account number: {v}',
    'Account # {v}',
    'Account#: {v}',
    'Account No. {v}',
    'Acct # {v}',
    'Acct: {v}',
    'ACCT NO {v}',
    'acct {v}',
    'Account {v}',
    'account number is {v}',
    'Patient account number {v}',
    'Pt acct # {v}',
    'Hospital account {v}',
    'HAR {v}',
    'Billing number {v}',
    'Billing account: {v}',
    'Invoice # {v}',
    'Invoice number {v}',
    'invoice no {v}',
    'Bill # {v}',
    'Financial number {v}',
    'FIN: {v}',
    'FIN # {v}',
    'Statement number {v}',
    'A/C No. {v}',
    'a/c {v}',
    'Guarantor account {v}',
    'PID|18|{v}^^^^AN',
    'Balance of $120.50 on account {v} was paid.',
    'Her account ({v}) was sent to collections.',
    'The charge was posted to account {v} in error.',
    'Please reference account number {v} on the check.',
    'Client account {v}',
    'Lab account no. {v}',
    'account no: {v}',
    'Billing ref {v}',
    'bank account number {v}',
    'patient acct {v} - self pay',
    'Receipt no. {v}',
    'Account number on file: {v}',
    'PATIENT ACCOUNT  {v}',
  ],
};
