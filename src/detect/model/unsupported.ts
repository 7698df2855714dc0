import { PhiGateError } from '../../errors.ts';

/** A tokenizer that cannot be read as it was meant: a guess would cut words otherwise than the model has learnt. */
export const unsupported = (what: string): PhiGateError =>
  new PhiGateError(
    'usage',
    `the tokenizer.json of \`names.model\` cannot be used: ${what} is not supported (WordPiece, WordLevel and byte-level BPE are)`,
  );

/** A model that loads and does not answer as one for token classification. */
export const mismatch = (what: string, cause?: unknown): PhiGateError =>
  new PhiGateError('usage', `the model of \`names.model\` cannot be used: ${what}`, {}, cause);
