/**
 * Derives the tables under rules/dicom/ from the reference tables. Run: npx tsx scripts/derive-dicom-rules.ts [REFERENCE]
 * The derived files are checked in; run this again when a new edition of the standard is taken over.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const reference = process.argv[2] ?? '../shared/reference';
const read = (name: string) => readFileSync(join(reference, name), 'utf8');
const readJson = <T>(name: string): T => JSON.parse(read(name)) as T;

/** One line a row: small to read, small to diff. */
function writeTable(
  name: string,
  head: Record<string, unknown>,
  key: string,
  rows: Record<string, unknown>,
): void {
  const lines = Object.entries(rows).map(([id, row]) => `    ${JSON.stringify(id)}: ${JSON.stringify(row)}`);
  const intro = Object.entries(head).map(
    ([field, value]) => `  ${JSON.stringify(field)}: ${JSON.stringify(value)},`,
  );
  writeFileSync(
    join('rules/dicom', name),
    `{\n${intro.join('\n')}\n  "${key}": {\n${lines.join(',\n')}\n  }\n}\n`,
  );
}

const byKey = <T>(rows: Record<string, T>) =>
  Object.fromEntries(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)));

function dictionary(): void {
  const tags = readJson<Record<string, [string, string, string, boolean]>>('dicom-dictionary.json');
  const supplement = JSON.parse(readFileSync('scripts/dicom-dictionary-supplement.json', 'utf8')) as {
    tags: Record<string, [string, string, string]>;
  };
  const rows: Record<string, [string, string, string]> = {};
  for (const [tag, [keyword, vr, vm]] of Object.entries(tags)) {
    if (!tag.startsWith('FFFE') && keyword !== '')
      rows[tag.toUpperCase().replace(/X/g, 'x')] = [keyword, vr, vm];
  }
  writeTable(
    'dictionary.json',
    {
      source: 'PS3.6, (c) NEMA, through innolitics/dicom-standard (MIT), and a supplement of our own',
      edition: 'January 2025; supplement 2026d',
    },
    'tags',
    byKey({ ...rows, ...supplement.tags }),
  );
}

interface ProfileRow {
  name: string;
  tag: string;
  basicProfile: string;
  [option: string]: string;
}

const OPTIONS = {
  rtnSafePrivOpt: 'safePrivate',
  rtnUIDsOpt: 'uids',
  rtnDevIdOpt: 'device',
  rtnInstIdOpt: 'institution',
  rtnPatCharsOpt: 'characteristics',
  rtnLongFullDatesOpt: 'fullDates',
  rtnLongModifDatesOpt: 'modifiedDates',
  cleanDescOpt: 'descriptors',
  cleanStructContOpt: 'structured',
  cleanGraphOpt: 'graphics',
} as const;

function confidentiality(): void {
  const rows: Record<string, Record<string, string>> = {};
  for (const row of readJson<ProfileRow[]>('ps3.15-table-e.1-1.json')) {
    const digits = row.tag.replace(/[(),\s]/g, '');
    const id = /^GGGG/i.test(digits) ? 'private' : digits.toUpperCase().replace(/X/g, 'x');
    const entry: Record<string, string> = {
      name: row.name.replace(/\s*\(see Note[^)]*\)/, ''),
      profile: row.basicProfile,
    };
    for (const [column, option] of Object.entries(OPTIONS)) if (row[column]) entry[option] = row[column];
    rows[id] = entry;
  }
  writeTable(
    'confidentiality-profile.json',
    {
      source: 'DICOM PS3.15 Table E.1-1, (c) NEMA, through innolitics/dicom-standard (MIT)',
      edition: '2026d',
    },
    'attributes',
    byKey(rows),
  );
}

function safePrivate(): void {
  const rows: Record<string, Record<string, string>> = {};
  for (const row of readJson<{ tag: string; private_creator: string; vr: string }[]>(
    'ps3.15-table-e.3.10-1.json',
  )) {
    const id = row.tag
      .replace(/[(),\s]/g, '')
      .toUpperCase()
      .replace(/X/g, 'x');
    rows[row.private_creator] = { ...rows[row.private_creator], [id]: row.vr ?? '' };
  }
  writeTable(
    'safe-private.json',
    { source: 'DICOM PS3.15 Table E.3.10-1, (c) NEMA', edition: '2026d' },
    'creators',
    byKey(rows),
  );
}

/** RFC 4180 fields of one line; the table has no line breaks inside quotes. */
function csvFields(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field]) =>
    field.replace(/^"|"$/g, '').replaceAll('""', '"'),
  );
}

const TCIA_VERDICTS: Record<string, string> = { k: 'keep', h: 'uid', o: 'date' };

/**
 * Private elements with a clear keep, hash or offset verdict, by creator, wherever they are nested; whatever else the
 * table says is a removal, and so is an element on which its rows differ.
 */
function tciaPrivate(): void {
  const verdicts = new Map<string, { creator: string; id: string; vr: string; verdict: string }>();
  for (const line of read('tcia-private-tag-dispositions.csv')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .slice(1)) {
    const [signature = '', , vr = '', disposition = ''] = csvFields(line);
    const parts = /\(([0-9a-f]{4}),"?([^"()]+)"?,([0-9a-f]{2})\)$/i.exec(signature.trim());
    if (parts === null) continue;
    const [, group, creator, element] = parts;
    const id = `${group.toUpperCase()}xx${element.toUpperCase()}`;
    const verdict = TCIA_VERDICTS[disposition.trim().toLowerCase()] ?? 'remove';
    const known = verdicts.get(`${creator}\\${id}`);
    if (known === undefined) verdicts.set(`${creator}\\${id}`, { creator, id, vr: vr.trim(), verdict });
    else if (known.verdict !== verdict) known.verdict = 'remove';
  }
  const rows: Record<string, Record<string, [string, string]>> = {};
  for (const { creator, id, vr, verdict } of verdicts.values()) {
    if (verdict !== 'remove') rows[creator] = { ...rows[creator], [id]: [vr, verdict] };
  }
  writeTable(
    'tcia-private.json',
    {
      source: 'TCIA private element dispositions (public de-identification knowledge base)',
      edition: 'as published by TCIA',
    },
    'creators',
    byKey(rows),
  );
}

function sopClasses(): void {
  const rows: Record<string, string> = {};
  for (const row of readJson<{ id: string; name: string }[]>('dicom-sop-classes.json'))
    rows[row.id] = row.name;
  writeTable(
    'sop-classes.json',
    { source: 'PS3.4, (c) NEMA, through innolitics/dicom-standard (MIT)', edition: 'January 2025' },
    'classes',
    byKey(rows),
  );
}

dictionary();
confidentiality();
safePrivate();
tciaPrivate();
sopClasses();
