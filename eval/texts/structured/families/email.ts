import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { oneOf } from '../shapes.ts';

const LOCALS = [
  'jroe',
  'jane.roe',
  'j_roe77',
  'roe-jane',
  'mary+clinic',
  'd.obrien',
  'k.lindqvist1962',
  'XR.Tech',
  "o'neil.p",
  'first.m.last',
  'nurse3west',
  'a',
  'b.k',
  'jürgen.k',
];
const HOSTS = [
  'example.com',
  'mail.example.org',
  'example.co.uk',
  'stmarys.example.edu',
  'hosp-net.example.net',
  'example.nhs.uk',
  'example.com.au',
  'example.ca',
  'clinic.example.de',
  'example.health',
  'pacs.local',
  'example.ie',
  'EXAMPLE.COM',
  'a1.example.fr',
  'example.museum',
];
const address = (random: Random): [string, string] => [random.pick(LOCALS), random.pick(HOSTS)];

export const email: Family = {
  category: 'F',
  kinds: {
    address: { shaped: true, make: (random) => address(random).join('@') },
    veiled: {
      shaped: true,
      make: (random) => {
        const [local, host] = address(random);
        const [at, dot] = random.pick([
          [' at ', ' dot '],
          ['(at)', '(dot)'],
          [' [at] ', ' [dot] '],
          [' (at) ', '.'],
          ['[at]', '.'],
          [' AT ', ' DOT '],
          [' @ ', '.'],
          ['_at_', '.'],
          ['{at}', '{dot}'],
        ] as const);
        return local + at + host.replace('pacs.local', 'example.org').replaceAll('.', dot);
      },
    },
    numbered: {
      shaped: true,
      make: oneOf('aaaaa99@example.org', 'a.aaaaaa@aaa.example.com', 'AAA999@example.edu'),
    },
  },
  phrasings: [
    'Email: {v}',
    'E-mail address: {v}',
    'e-mail {v}',
    'email is {v}',
    'Please send the report to {v}.',
    'Contact: {v}',
    'She prefers to be contacted by e-mail at {v} only.',
    'Sent via portal to {v}',
    'mailto:{v}',
    'Reply to {v} by Monday',
    'cc {v}; file in chart',
    'Jane Roe <{v}>',
    'Regards,\nRadiology Scheduling\n{v}',
    'Questions? {v}',
    'PID|13|^NET^Internet^{v}',
    'Proxy account holder {v} notified',
    'results released to {v} on request',
    'EMAIL ADDRESS    {v}',
    'patient emailed from {v} asking about refills',
    'Primary e-mail - {v}',
    'From: {v}\nTo: Referral desk',
    'Teams/Skype: {v}',
    'user name {v}',
    'Login={v}',
    'Study coordinator ({v}) informed.',
    'Mail {v} for copies on CD',
    'Correo electrónico: {v}',
    'Courriel : {v}',
    'Mailadresse {v}',
    'the address {v} bounced',
    'Son lives abroad, write to {v}, he answers quickly',
    'receipt emailed ({v})',
    'contact info is {v}',
  ],
};
