import type { Hit } from '../../model/finding.ts';
import type { Passage } from '../../model/passage.ts';
import type { Detector } from '../detector.ts';
import { isDummy } from '../dummy.ts';
import { LruCache } from '../lru.ts';
import { placeholderRanges } from '../placeholders.ts';
import { isDatePlace, isNumericPlace } from '../places.ts';
import { codePointOffsets, Ranges } from '../spans.ts';
import { readModelFolder } from './folder.ts';
import { type Inference, type InferenceOptions, loadInference } from './inference.ts';
import { type LabelMeanings, labelColumns, ruleOf } from './labels.ts';
import { spansOf } from './spans.ts';
import { tokenizerOf } from './tokenizer.ts';
import { mismatch } from './unsupported.ts';
import { probabilities } from './windows.ts';

export const MODEL_DETECTOR = 'model';

export interface ModelDetector extends Detector {
  /** SHA-256 over the files of the model, in hex. */
  readonly sha256: string;
  /** Whether the model answers still. */
  isLive(): boolean;
  /** Ends its thread; the detector cannot be asked afterwards. */
  close(): void;
}

export interface ModelOptions extends Pick<InferenceOptions, 'resolve' | 'patience'> {
  /** Categories of labels, for those that are not known or mean something else here. */
  readonly labels?: LabelMeanings;
  /** `kept`: the project keeps dates, those of the model are no findings. */
  readonly dates?: 'find' | 'expected' | 'kept';
}

/** Characters whose hits are remembered. */
const CACHE_CHARACTERS = 4_000_000;
const CANARY = 'reviewed with Ottoline Quillfeather today';

/**
 * Finds what a token-classification model finds that the user brought: a folder with `model.onnx`, `config.json` and
 * `tokenizer.json`. All hits are suspects, their confidence is the model's probability; spans in code points.
 * The detector throws PhiGateError `not-searched` where the model fails on a passage: what was not looked at does not pass.
 * @throws PhiGateError `usage` where the folder, a label or the tokenizer cannot be used, or ONNX Runtime is not installed.
 */
export function openModel(path: string, options: ModelOptions = {}): ModelDetector {
  const { labels, longest, model, sha256, tokenizer: spec } = readModelFolder(path);
  const columns = labelColumns(labels, options.labels ?? {});
  const tokenizer = tokenizerOf(spec);
  const inference = loadInference({ ...options, model });
  try {
    assertFits(
      inference,
      [...tokenizer.before, ...tokenizer.after],
      tokenizer.encode(CANARY)[0]?.id,
      columns.length,
    );
  } catch (error) {
    inference.close();
    throw error;
  }
  const cache = new LruCache<readonly Hit[]>(CACHE_CHARACTERS);
  const detect = (text: string): readonly Hit[] => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const tokens = tokenizer.encode(text);
    const rows = probabilities(tokens, tokenizer, inference, longest);
    const hits = hitsOf(text, spansOf(text, tokens, rows, columns), options.dates);
    cache.set(text, hits, text.length);
    return hits;
  };
  return {
    id: MODEL_DETECTOR,
    sha256,
    detect: (passage) => (isProse(passage) ? [...detect(passage.text)] : []),
    isLive() {
      try {
        probabilities(tokenizer.encode(CANARY), tokenizer, inference, longest);
        return true;
      } catch {
        return false;
      }
    },
    close: () => inference.close(),
  };
}

/** One small question tells whether the scores are those of the labels that config.json names. */
function assertFits(
  inference: Inference,
  special: readonly number[],
  word: number | undefined,
  labels: number,
): void {
  let found: number | undefined;
  try {
    found = inference.run([...special, ...(word === undefined ? [] : [word])]).labels;
  } catch (cause) {
    throw mismatch('it does not give a row of scores for each token of a text', cause);
  }
  if (found !== labels) throw mismatch(`it scores ${found} labels and its config.json names ${labels}`);
}

/** VRs of defined terms, ages and application entities (PS3.5 6.2): no language stands there. */
const NO_PROSE = new Set(['CS', 'AS', 'AE', 'UR', 'PN']);

/** A place where somebody may have written what he liked; a typed one has a detector of its own. */
function isProse({ text, place, hints }: Passage): boolean {
  if (text.length < 3 || place === 'codestream' || place === 'raw bytes' || !/\p{L}{2}/u.test(text))
    return false;
  if (isNumericPlace(hints) || isDatePlace(hints) || hints.coded || hints.codePlace) return false;
  return !NO_PROSE.has(hints.vr ?? '');
}

function hitsOf(
  text: string,
  spans: ReturnType<typeof spansOf>,
  dates: ModelOptions['dates'],
): readonly Hit[] {
  if (spans.length === 0) return [];
  const point = codePointOffsets(text);
  const placeholders = new Ranges(placeholderRanges(text));
  return spans
    .filter(({ category }) => dates !== 'kept' || category !== 'C')
    .filter((span) => !placeholders.touch(span))
    .filter(({ start, end }) => !isDummy(text.slice(start, end)))
    .map(({ start, end, label, category, probability }) => ({
      start: point(start),
      end: point(end),
      category,
      detector: MODEL_DETECTOR,
      rule: ruleOf(label),
      tier: 'suspect',
      confidence: Math.min(1, Math.round(probability * 100) / 100),
      explain: 'a model that the project brought',
    }));
}
