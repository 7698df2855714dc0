import { isAscii } from 'node:buffer';
import { readRulesYaml } from '../rules.ts';
import type { ByteLayout } from './spans.ts';

interface CharsetRule {
  readonly label: string;
  readonly wide?: boolean;
  readonly stateful?: boolean;
}

const REPLACEMENT = 0x3f; // `?`
const FALLBACK = 'windows-1252'; // has a character for every byte, so nothing stays unread

let rules: ReadonlyMap<string, CharsetRule> | undefined;
interface Declaration {
  readonly declared: string;
  readonly repetition: number;
  readonly rule: CharsetRule;
  readonly isUnknown: boolean;
}
/** That of the message before: the next one hardly ever declares something else. */
let lastDeclaration: Declaration | undefined;
const encoders = new Map<string, Map<string, Uint8Array>>();

/** How the text of one message is read (MSH-18, HL7 table 0211). */
export interface Charset extends ByteLayout {
  /** Label of the Encoding Standard; what was found where the message declares ASCII or nothing. */
  readonly label: string;
  /** The message declares a set that this version does not know, or bytes that its set does not have. */
  readonly problem?: 'unknown-charset' | 'undeclared-charset' | 'undecodable';
  /** Its reading of bytes outside ASCII is a guess. */
  readonly isGuess?: boolean;
  /** Text of bytes outside ASCII. Never throws: what the set lacks is read as windows-1252, and `problem` says so. */
  decode(bytes: Uint8Array): string;
  /** Bytes of a text; characters that the set lacks become `?`. */
  encode(text: string): Uint8Array;
}

/**
 * The character set of the message in `[start, end)`, by its MSH-18. Where that is missing or ASCII, and where the bytes of
 * the message contradict it, UTF-8 is taken if they are valid UTF-8 and windows-1252 if not.
 */
export function readCharset(
  declared: string,
  repetition: number,
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
): Charset {
  let declaration = lastDeclaration;
  if (declaration?.declared !== declared || declaration.repetition !== repetition) {
    declaration = readDeclaration(declared, repetition);
    lastDeclaration = declaration;
  }
  return new DeclaredCharset(declaration, bytes, start, end);
}

function readDeclaration(declared: string, repetition: number): Declaration {
  const names = repetition < 0 ? [declared] : declared.split(String.fromCharCode(repetition));
  const found = names.map((name) => charsetRules().get(normalise(name)));
  const rule = found.find((one) => one?.stateful) ?? found[0] ?? { label: 'ascii' };
  const isUnknown = names.some((name) => name.trim() !== '' && !charsetRules().has(normalise(name)));
  return { declared, repetition, rule, isUnknown };
}

/** Control bytes of Latin-1 (but for quotes and dashes of Windows), or three bytes outside ASCII in a row: two-byte sets. */
const LOOKS_WIDE = /[\x81-\x84\x86-\x90\x98-\x9f]|[\x80-\xff]{3}/;

class DeclaredCharset implements Charset {
  readonly wide: boolean;
  readonly stateful: boolean;
  readonly #declared: string;
  readonly #isUnknown: boolean;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  #looksWide: boolean | undefined;
  #resolved: { label: string; problem?: Charset['problem'] } | undefined;
  #decoder: InstanceType<typeof TextDecoder> | undefined;

  constructor({ rule, isUnknown }: Declaration, bytes: Uint8Array, start: number, end: number) {
    this.wide = rule.wide ?? false;
    this.stateful = rule.stateful ?? false;
    this.#declared = rule.label;
    this.#isUnknown = isUnknown;
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  get label(): string {
    return this.#resolve().label;
  }

  /**
   * Bytes outside ASCII fit neither what is declared nor UTF-8, and they do not look like western letters between ASCII ones:
   * their reading is a guess, and text with them cannot be judged.
   */
  get isGuess(): boolean {
    const { label, problem } = this.#resolve();
    if (problem === undefined || label !== FALLBACK) return false;
    this.#looksWide ??= LOOKS_WIDE.test(
      Buffer.from(this.#bytes.subarray(this.#start, this.#end)).toString('latin1'),
    );
    return this.#looksWide;
  }

  get problem(): Charset['problem'] {
    return this.#resolve().problem;
  }

  decode(bytes: Uint8Array): string {
    this.#decoder ??= new TextDecoder(this.label);
    return this.#decoder.decode(bytes);
  }

  encode(text: string): Uint8Array {
    return encodeAs(this.label, text);
  }

  /** Decided once, when the first byte outside ASCII is met: most messages never pay for it. */
  #resolve(): { label: string; problem?: Charset['problem'] } {
    this.#resolved ??= resolve(this.#declared, this.#isUnknown, this.#bytes.subarray(this.#start, this.#end));
    return this.#resolved;
  }
}

function resolve(declared: string, isUnknown: boolean, message: Uint8Array) {
  if (declared !== 'ascii' && isDecodable(declared, message)) return { label: declared };
  if (isAscii(message))
    return isUnknown ? ({ label: 'utf-8', problem: 'unknown-charset' } as const) : { label: 'utf-8' };
  const problem = isUnknown ? 'unknown-charset' : declared === 'ascii' ? 'undeclared-charset' : 'undecodable';
  return { label: isDecodable('utf-8', message) ? 'utf-8' : FALLBACK, problem } as const;
}

function isDecodable(label: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function encodeAs(label: string, text: string): Uint8Array {
  if (label === 'utf-8' || isAsciiText(text)) return Buffer.from(text, 'utf8');
  const encoder = encoderOf(label);
  const bytes: number[] = [];
  for (const character of text) {
    if (character < '\x80') bytes.push(character.charCodeAt(0));
    else bytes.push(...(encoder.get(character) ?? [REPLACEMENT]));
  }
  return Uint8Array.from(bytes);
}

/** Characters to bytes, by decoding every one- and two-byte sequence once. */
function encoderOf(label: string): Map<string, Uint8Array> {
  let encoder = encoders.get(label);
  if (encoder !== undefined) return encoder;
  encoder = new Map();
  const decoder = new TextDecoder(label, { fatal: true });
  for (let first = 0x80; first <= 0xff; first++) {
    addCharacter(encoder, decoder, Uint8Array.of(first));
    const isWide = !/^(iso-8859|windows|iso-2022)/.test(label);
    for (let second = 0x40; isWide && second <= 0xfe; second++) {
      addCharacter(encoder, decoder, Uint8Array.of(first, second));
    }
  }
  encoders.set(label, encoder);
  return encoder;
}

function addCharacter(
  encoder: Map<string, Uint8Array>,
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
): void {
  try {
    const character = decoder.decode(bytes);
    if ([...character].length === 1 && !encoder.has(character)) encoder.set(character, bytes);
  } catch {
    // No character has these bytes.
  }
}

function isAsciiText(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function normalise(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replaceAll('_', '-')
    .replace(/^ISO[- ]?8859[-/]/, '8859/')
    .replace(/^8859-/, '8859/');
}

function charsetRules(): ReadonlyMap<string, CharsetRule> {
  rules ??= new Map(
    Object.entries(readRulesYaml<{ charsets: Record<string, CharsetRule> }>('hl7/charsets.yaml').charsets),
  );
  return rules;
}
