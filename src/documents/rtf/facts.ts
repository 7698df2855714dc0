import { readRulesYaml } from '../../rules.ts';

interface RtfFacts {
  readonly characters: Readonly<Record<string, string>>;
  readonly inline: ReadonlySet<string>;
  readonly apart: ReadonlySet<string>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tables: ReadonlySet<string>;
  readonly data: ReadonlySet<string>;
  readonly charsets: Readonly<Record<string, number>>;
  readonly encodings: Readonly<Record<string, string>>;
}

type Written = Pick<RtfFacts, 'characters' | 'metadata' | 'charsets' | 'encodings'> &
  Readonly<Record<'inline' | 'apart' | 'tables' | 'data', readonly string[]>>;

let facts: RtfFacts | undefined;

/** What RTF's control words stand for (`rules/documents/rtf.yaml`). */
export function rtfFacts(): RtfFacts {
  if (facts === undefined) {
    const written = readRulesYaml<Written>('documents/rtf.yaml');
    facts = {
      ...written,
      inline: new Set(written.inline),
      apart: new Set(written.apart),
      tables: new Set(written.tables),
      data: new Set(written.data),
    };
  }
  return facts;
}
