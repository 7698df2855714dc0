import type { Random } from '../../random.ts';

/** A value and what stands around it. */
export interface Told {
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

/** A way to write the same thing that a reader takes in stride and a pattern does not. Undefined where it changes nothing. */
export type Formatting = (told: Told, random: Random) => Told | undefined;

const SPACES = ['\u00a0', '\u202f', '\u2009', '\u3000', '\u2007', '\u2003'];
const DASHES = [
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u2212',
  '\u00ad\u2013',
  '\ufe63',
  '\uff0d',
];
const UNSEEN = ['\u200b', '\u200c', '\u200d', '\ufeff', '\u00ad', '\u2060', '\u200e', '\u202c'];

const each = (told: Told, change: (text: string) => string): Told | undefined => {
  const changed = { before: change(told.before), value: change(told.value), after: change(told.after) };
  return changed.before + changed.value === told.before + told.value ? undefined : changed;
};

/** Replaces what joins a label to its value. */
const joined = ({ before, ...rest }: Told, by: string): Told | undefined =>
  /[\p{L}#.][:=]?[ \t]+$|[:=]$/u.test(before)
    ? { before: before.replace(/[:=]?[ \t]*$/, '') + by, ...rest }
    : undefined;

/** Puts what a text has at a random place inside a run of these characters. */
const within = (text: string, random: Random, inserted: string): string => {
  if (text.length < 2) return text;
  const at = random.whole(1, text.length - 1);
  return text.slice(0, at) + inserted + text.slice(at);
};

export const FORMATTINGS: Readonly<Record<string, Formatting>> = {
  plain: (told) => told,
  upper: (told) => each(told, (text) => text.toUpperCase()),
  lower: (told) => each(told, (text) => text.toLowerCase()),
  'wide spaces': (told, random) =>
    each(told, (text) => text.replace(/ /g, () => ' '.repeat(random.whole(2, 4)))),
  'other spaces': (told, random) => each(told, (text) => text.replace(/ /g, () => random.pick(SPACES))),
  tabs: ({ before, ...rest }) =>
    /[ \t]$/.test(before) ? { before: before.replace(/[ \t]+$/, '\t'), ...rest } : undefined,
  'typographic dashes': (told, random) => each(told, (text) => text.replace(/-/g, () => random.pick(DASHES))),
  'full-width digits': (told) => {
    const value = told.value.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    return value === told.value ? undefined : { ...told, value };
  },
  'full-width': (told) => ({
    ...told,
    value: told.value.replace(/[!-~]/g, (char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0)),
  }),
  'unseen characters': (told, random) => ({
    before: random.chance(0.5) ? within(told.before, random, random.pick(UNSEEN)) : told.before,
    value: within(within(told.value, random, random.pick(UNSEEN)), random, random.pick(UNSEEN)),
    after: told.after,
  }),
  'line break before': ({ before, ...rest }, random) =>
    /\s$/.test(before)
      ? { before: before.replace(/[ \t]+$/, random.pick(['\n', '\r\n', '\n    ', ' \n'])), ...rest }
      : undefined,
  'line break inside': ({ before, value, after }, random) => {
    const places = [...value.matchAll(/[ -](?=\w)/g)].map(({ index }) => index);
    if (places.length === 0) return undefined;
    const at = random.pick(places);
    const end = value[at] === '-' ? random.pick(['-\n', '-\r\n']) : random.pick(['\n', '\r\n', ' \n']);
    // Text is wrapped where a line is full.
    const lead = 'Seen today in follow-up, feels well and has no complaints. ';
    return { before: lead + before, value: value.slice(0, at) + end + value.slice(at + 1), after };
  },
  'line break in label': ({ before, ...rest }, random) => {
    const places = [...before.matchAll(/(?<=\w) (?=\w)/g)].map(({ index }) => index);
    if (places.length === 0) return undefined;
    const at = random.pick(places);
    return {
      before: `Seen today in follow-up, feels well and is without complaints. ${before.slice(0, at)}\n${before.slice(at + 1)}`,
      ...rest,
    };
  },
  pipe: (told, random) => joined(told, random.pick([' | ', '|', ' || '])),
  semicolon: (told, random) => joined(told, random.pick(['; ', ';'])),
  leaders: (told, random) =>
    joined(told, random.pick([' ..... ', ': ____ ', ' ---> ', ' => ', ':..... ', ' : '])),
  parentheses: ({ before, value, after }) =>
    /[(<]$/.test(before) || value.startsWith('(')
      ? undefined
      : { before: `${before}(`, value, after: `)${after}` },
  brackets: ({ before, value, after }) =>
    /[(<]$/.test(before) ? undefined : { before: `${before}[`, value, after: `]${after}` },
  quotes: ({ before, value, after }, random) => {
    const [open, close] = random.pick(['""', '“”', "''", '«»', '‘’'].map((pair) => [...pair]));
    return { before: before + open, value, after: close + after };
  },
  entities: (told) => each(told, (text) => text.replace(/[ @/:#-]/g, (char) => ENTITIES[char] ?? char)),
  markup: ({ before, value, after }, random) => {
    const [open, between, close] = random.pick([
      ['<b>', '</b> ', ''],
      ['<tr><td>', '</td><td>', '</td></tr>'],
      ['<p><strong>', '</strong><br/>', '</p>'],
      ['<span class="l">', '</span><span class="v">', '</span>'],
      ['<li>', ' <i>', '</i></li>'],
      ['<dt>', '</dt>\n<dd>', '</dd>'],
    ] as const);
    return { before: open + before.trimEnd() + between, value, after: close + after };
  },
  markdown: ({ before, value, after }, random) =>
    /\w[:#.]?\s$/.test(before)
      ? random.pick([
          { before: `**${before.trimEnd()}** `, value, after },
          { before: `- *${before.trimEnd()}* `, value, after },
          { before: `| ${before.trimEnd()} | `, value, after: ` | ${after}` },
          { before: `${before}**`, value, after: `**${after}` },
          { before: `${before}\``, value, after: `\`${after}` },
        ])
      : undefined,
  json: ({ before, value, after }) =>
    /^[A-Za-z .#]{3,24}:? $/.test(before)
      ? {
          before: `{"${before
            .trim()
            .replace(/[:#.]+$/, '')
            .trim()}":"`,
          value,
          after: `","n":1}${after}`,
        }
      : undefined,
  'confused label': ({ before, ...rest }, random) => {
    const places = [...before.matchAll(/(?<=\p{L})[oli](?=\p{L})|(?<=\p{L})O(?=\p{L})/gu)].map(
      ({ index }) => index,
    );
    if (places.length === 0) return undefined;
    const at = random.pick(places);
    const char = before[at]?.toLowerCase() === 'o' ? '0' : random.pick(['1', 'I', '|']);
    return {
      before: before.slice(0, at) + (char === 'I' && before[at] === 'i' ? 'l' : char) + before.slice(at + 1),
      ...rest,
    };
  },
};

const ENTITIES: Readonly<Record<string, string>> = {
  ' ': '&nbsp;',
  '@': '&#64;',
  '/': '&#x2F;',
  ':': '&#58;',
  '#': '&#35;',
  '-': '&ndash;',
};

const LABEL = /^[A-Za-z .#]{3,24}:? $/;
const words = (before: string): string[] => before.match(/[A-Za-z]+/g) ?? [];

/** Ways in which forms and records are written down, beside those of running text. */
export const FORM_FORMATTINGS: Readonly<Record<string, Formatting>> = {
  'stray spaces': ({ before, value, after }) => {
    const changed = {
      before: before.replace(/(?<=\w):/g, ' :'),
      value: value.replace(/(?<=\d)-(?=\d)/g, ' - '),
      after,
    };
    return changed.before + changed.value === before + value ? undefined : changed;
  },
  'spaced digits': ({ before, value, after }) =>
    /^\d{6,12}$/.test(value) && before !== '' ? { before, value: [...value].join(' '), after } : undefined,
  'key=value': ({ before, value, after }) =>
    LABEL.test(before) && after === ''
      ? { before: `${words(before).join('_').toLowerCase()}=`, value, after: ';n=1' }
      : undefined,
  xml: ({ before, value, after }) => {
    if (!LABEL.test(before) || after !== '') return undefined;
    const name = words(before)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('');
    return { before: `<${name}>`, value, after: `</${name}>` };
  },
  bullet: ({ before, value, after }, random) => ({
    before: `Details\n${random.pick(['- ', '* ', '\u2022 ', '1. ', '> '])}${before}`,
    value,
    after: `${after}\n`,
  }),
};

/** Those that leave a text of several lines what it is. */
export const LAYOUT_FORMATTINGS: Readonly<Record<string, Formatting>> = {
  ...Object.fromEntries(
    [
      'plain',
      'upper',
      'lower',
      'other spaces',
      'typographic dashes',
      'unseen characters',
      'full-width digits',
    ].map((name) => [name, FORMATTINGS[name] ?? ((told: Told) => told)]),
  ),
  'CR LF': (told) => each(told, (text) => text.replace(/\n/g, '\r\n')),
  indented: ({ before, value, after }) => ({
    before: `  ${before.replace(/\n/g, '\n  ')}`,
    value,
    after: after.replace(/\n/g, '\n  '),
  }),
  'in a note': ({ before, value, after }) => ({
    before: `Seen in clinic today, doing well.\n${before}`,
    value,
    after: `${after}\nReview in 6 weeks.`,
  }),
};
