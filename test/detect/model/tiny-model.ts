import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A model for tests, written byte by byte: ONNX is a message of Protocol Buffers (onnx.proto3), and one Gather of a table
 * by `input_ids` gives each word of the vocabulary the scores of its row, whatever stands around it.
 */
export interface TinyModel {
  readonly labels: readonly string[];
  /** Words, and the label that each has in the table; others have the first label. */
  readonly words: Readonly<Record<string, string>>;
  /** Words that the tokenizer knows and the table does not: the model fails on them. */
  readonly beyond?: readonly string[];
  /** Inputs besides `input_ids`. */
  readonly inputs?: readonly string[];
  /** Scores of a row, in place of one per label. */
  readonly columns?: number;
}

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const SCORE = 4;

/** Writes model.onnx, config.json and tokenizer.json (WordPiece, lower case) into `folder`. */
export function writeTinyModel(folder: string, tiny: TinyModel): void {
  const words = [...SPECIAL, ...Object.keys(tiny.words)];
  const vocab = Object.fromEntries([...words, ...(tiny.beyond ?? [])].map((word, id) => [word, id]));
  const columns = tiny.columns ?? tiny.labels.length;
  const table = words.flatMap((word) => {
    const label = tiny.labels.indexOf(tiny.words[word] ?? '');
    return Array.from({ length: columns }, (_, column) => (column === Math.max(0, label) ? SCORE : 0));
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'model.onnx'),
    gatherModel(table, words.length, columns, tiny.inputs ?? ['attention_mask']),
  );
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ id2label: { ...tiny.labels }, max_position_embeddings: 64 }),
  );
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(wordPieceTokenizer(vocab)));
}

export function wordPieceTokenizer(vocab: Readonly<Record<string, number>>) {
  return {
    version: '1.0',
    normalizer: { type: 'BertNormalizer', clean_text: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [vocab['[CLS]'] ?? 0], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [vocab['[SEP]'] ?? 0], tokens: ['[SEP]'] },
      },
    },
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', vocab },
  };
}

const [FLOAT, INT64] = [1, 7];

function gatherModel(
  table: readonly number[],
  rows: number,
  columns: number,
  further: readonly string[],
): Buffer {
  const node = message(
    [1, Buffer.from('table')],
    [1, Buffer.from('input_ids')],
    [2, Buffer.from('logits')],
    [4, Buffer.from('Gather')],
  );
  const initializer = message(
    [1, rows],
    [1, columns],
    [2, FLOAT],
    [8, Buffer.from('table')],
    [9, Buffer.from(Float32Array.from(table).buffer)],
  );
  const graph = message(
    [1, node],
    [2, Buffer.from('tiny')],
    [5, initializer],
    ...['input_ids', ...further].map((name): Field => [11, valueInfo(name, INT64, ['batch', 'tokens'])]),
    [12, valueInfo('logits', FLOAT, ['batch', 'tokens', columns])],
  );
  const opset = message([1, Buffer.alloc(0)], [2, 13]);
  return message([1, 8], [7, graph], [8, opset]);
}

function valueInfo(name: string, type: number, shape: readonly (string | number)[]): Buffer {
  const dims = shape.map(
    (dim): Field => [1, message(typeof dim === 'number' ? [1, dim] : [2, Buffer.from(dim)])],
  );
  const tensor = message([1, type], [2, message(...dims)]);
  return message([1, Buffer.from(name)], [2, message([1, tensor])]);
}

/** Number of a field, and what it holds: an integer, or bytes with their length before them. */
type Field = readonly [number: number, value: number | Buffer];

function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) =>
      typeof value === 'number'
        ? [varint(number << 3), varint(value)]
        : [varint((number << 3) | 2), varint(value.length), value],
    ),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
