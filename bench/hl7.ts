import { createRequire } from 'node:module';
import { readHl7File } from '../dist/hl7/file.js';
import { Hl7Masker } from '../dist/mask/hl7/plan.js';
import { projectSchema } from '../dist/project/schema.js';
import { spliceToBuffer } from '../dist/splice.js';
import type { CodeBook, Need, PatientCodes, PatientKey } from '../src/crosswalk/codes.ts';
import { freshResults, messages } from './inputs.ts';
import type { Measured } from './measure.ts';
import type { Row } from './table.ts';

interface Hl7Standard {
  transform(): void;
  build(): string;
}
const Hl7: new (raw: string) => Hl7Standard = createRequire(import.meta.url)('hl7-standard');

/** Messages of each kind that both programs see before anything is measured, and not again. */
const WARM_UP = 4000;

/**
 * Masking of all typed fields of messages in memory against hl7-standard's parse and build of the same, which masks
 * nothing. Codes come from a table in memory and free text stays: what is compared is reading and writing HL7. The built
 * program is measured, since the loader of the sources slows every closure down.
 */
export function benchHl7(count: number): Row[] {
  return [
    ...compare(`HL7, ${count} messages, typed fields masked`, messages(count + WARM_UP), 15),
    ...compare(`HL7, ${count / 2} results, no observation twice`, freshResults(count / 2 + WARM_UP), 15),
  ];
}

function compare(what: string, all: readonly string[], atLeast: number): Row[] {
  const mask = masking();
  for (const text of all.slice(0, WARM_UP)) {
    mask(Buffer.from(text));
    parseAndBuild(text);
  }
  const texts = all.slice(WARM_UP);
  const bytes = texts.map((text) => Buffer.from(text));
  let refused = 0;
  const theirs = timed(() => {
    for (const text of texts) if (!parseAndBuild(text)) refused += 1;
  });
  const ours = timed(() => bytes.forEach(mask));
  const megabytes = bytes.reduce((sum, message) => sum + message.length, 0) / 1e6;
  const speed = (measured: Measured) => `${(megabytes / measured.cpu).toFixed(1)} MB/s`;
  return [
    {
      what: `${what} (${speed(ours)})`,
      ...ours,
      against: theirs.cpu,
      atLeast,
    },
    { what: `  hl7-standard, parse and build (${speed(theirs)}, ${refused} refused)`, ...theirs },
  ];
}

function masking(): (message: Buffer) => void {
  const masker = new Hl7Masker({
    project: projectSchema.parse({ version: 1 }),
    cleaner: { clean: (text) => ({ text, replaced: [] }) },
    now: new Date('2025-01-01T00:00:00Z'),
    studyTimes: new Map(),
  });
  const codes = new MemoryCodes();
  return (message) => {
    for (const part of readHl7File(message).parts) {
      const plan = masker.plan(part);
      spliceToBuffer(message, plan.apply(codes.resolve(plan.needs)).edits);
    }
  };
}

/** Whether hl7-standard reads the message. */
function parseAndBuild(text: string): boolean {
  try {
    const message = new Hl7(text);
    message.transform();
    message.build();
    return true;
  } catch {
    return false;
  }
}

function timed(run: () => void): Measured {
  const started = process.hrtime.bigint();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, wall: Number(process.hrtime.bigint() - started) / 1e9, status: 0 };
}

/**
 * A crosswalk without its file, its codes counted instead of drawn: issuing them is not what is measured. As there, each
 * message has a book of its own codes.
 */
class MemoryCodes {
  readonly #tables = new Map<string, Map<string, string>>();
  #issued = 1_000_000;

  resolve(needs: readonly Need[]): CodeBook {
    const codes: string[] = [];
    for (const need of needs) {
      if (need.kind === 'uid') codes.push(this.#issue('uid', need.uid, '2.25.'));
      else if (need.kind === 'patient') codes.push(this.#issue(need.patient.issuer, need.patient.id, 'C'));
      else codes.push(this.#issue(need.domain, need.value, 'C'));
    }
    return new MessageCodes(needs, codes);
  }

  #issue(table: string, original: string, prefix: string): string {
    let codes = this.#tables.get(table);
    if (codes === undefined) {
      codes = new Map();
      this.#tables.set(table, codes);
    }
    let code = codes.get(original);
    if (code === undefined) {
      code = prefix + String(this.#issued++);
      codes.set(original, code);
    }
    return code;
  }
}

class MessageCodes implements CodeBook {
  readonly #needs: readonly Need[];
  readonly #codes: readonly string[];

  constructor(needs: readonly Need[], codes: readonly string[]) {
    this.#needs = needs;
    this.#codes = codes;
  }

  patient({ id, issuer }: PatientKey): PatientCodes {
    for (let at = 0; at < this.#needs.length; at++) {
      const need = this.#needs[at];
      if (need?.kind === 'patient' && need.patient.id === id && need.patient.issuer === issuer)
        return { code: this.#codeOf(at), dateOffsetDays: 0 };
    }
    return { code: this.#codeOf(-1), dateOffsetDays: 0 };
  }

  uid(uid: string): string {
    for (let at = 0; at < this.#needs.length; at++) {
      const need = this.#needs[at];
      if (need?.kind === 'uid' && need.uid === uid) return this.#codeOf(at);
    }
    return this.#codeOf(-1);
  }

  code(domain: string, value: string): string {
    for (let at = 0; at < this.#needs.length; at++) {
      const need = this.#needs[at];
      if (need?.kind === 'code' && need.domain === domain && need.value === value) return this.#codeOf(at);
    }
    return this.#codeOf(-1);
  }

  #codeOf(at: number): string {
    const code = this.#codes[at];
    if (code === undefined) throw new Error('a code that nobody asked for');
    return code;
  }
}
