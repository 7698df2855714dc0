import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { PhiGateError } from '../../errors.ts';
import type { TokenizerSpec } from './tokenizer.ts';

/** What a folder with a token-classification model holds. */
export interface ModelFolder {
  /** Path of the ONNX file. */
  readonly model: string;
  readonly tokenizer: TokenizerSpec;
  /** Labels in the order of the scores. */
  readonly labels: readonly string[];
  /** Tokens that the model takes at a time, those before and after a text included. */
  readonly longest: number;
  /** SHA-256 over the files that are used, in hex. */
  readonly sha256: string;
}

/** Where exporters put the model, the first that is there. */
const MODELS = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx'];
/** Room for a text between special tokens; attention takes time by the square, so that long windows do not pay. */
const LONGEST = 256;

/**
 * Reads config.json and tokenizer.json of a folder and finds its ONNX file.
 * @throws PhiGateError `usage` naming the file and neither path nor content.
 */
export function readModelFolder(folder: string): ModelFolder {
  const config = json(folder, 'config.json') as {
    id2label?: Readonly<Record<string, string>>;
    max_position_embeddings?: number;
    model_type?: string;
  } | null;
  const tokenizer = json(folder, 'tokenizer.json') as TokenizerSpec | null;
  const byId = Object.entries(config?.id2label ?? {}).sort(([a], [b]) => Number(a) - Number(b));
  if (byId.length === 0 || byId.some(([id], index) => Number(id) !== index))
    throw unusable('its config.json has no `id2label` with a label for every number from 0 on');
  if (typeof tokenizer?.model?.vocab !== 'object' || Array.isArray(tokenizer.model.vocab))
    throw unusable('its tokenizer.json has no `model` with a `vocab` of words');
  const positions = config?.max_position_embeddings ?? LONGEST;
  return {
    model: modelPath(folder),
    tokenizer,
    labels: byId.map(([, label]) => String(label)),
    // RoBERTa counts positions from 2 on and has as many more of them.
    longest: Math.min(LONGEST, positions - 2),
    sha256: modelSha256(folder),
  };
}

/**
 * SHA-256 over what a run takes from the folder of a model: another model finds other things.
 * @throws PhiGateError `usage` where a file is missing.
 */
export function modelSha256(folder: string): string {
  const hash = createHash('sha256');
  for (const path of [join(folder, 'config.json'), join(folder, 'tokenizer.json'), modelPath(folder)])
    hash.update(`${sha256Of(path)}\n`);
  return hash.digest('hex');
}

function modelPath(folder: string): string {
  const found = MODELS.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw unusable(`its folder has none of ${MODELS.join(', ')}`);
  return found;
}

/** Weights may be larger than one buffer. */
function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 20);
  try {
    const file = openSync(path, 'r');
    try {
      for (;;) {
        const read = readSync(file, buffer);
        if (read === 0) return hash.digest('hex');
        hash.update(buffer.subarray(0, read));
      }
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw unusable('a file of its folder cannot be read', cause);
  }
}

function json(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (cause) {
    throw unusable(`its ${name} cannot be read`, cause);
  }
}

const unusable = (why: string, cause?: unknown): PhiGateError =>
  new PhiGateError('usage', `the model of \`names.model\` cannot be used: ${why}`, {}, cause);
