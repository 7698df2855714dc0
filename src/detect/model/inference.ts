import { createRequire } from 'node:module';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { PhiGateError } from '../../errors.ts';
import { WORKER_SOURCE } from './worker.ts';

/** What a model says of each token: `tokens` rows of `labels` scores, not yet probabilities. */
export interface Logits {
  readonly tokens: number;
  readonly labels: number;
  readonly data: Float32Array;
}

/** A model that was loaded, asked as a detector asks: it answers before the call returns. */
export interface Inference {
  /** @throws PhiGateError `not-searched` where the model fails; the message holds nothing of the passage. */
  run(ids: readonly number[]): Logits;
  close(): void;
}

export interface InferenceOptions {
  /** Path of the ONNX file. */
  readonly model: string;
  /** Finds the file of the package `onnxruntime-web`; throws where it is not installed. */
  readonly resolve?: () => string;
  /** Milliseconds that one window of tokens may take. */
  readonly patience?: number;
}

const PACKAGE = 'onnxruntime-web';
const LOADING = 10 * 60_000;
const ONE_WINDOW = 2 * 60_000;

type Answer =
  | { readonly failed: string }
  | { readonly unknown: readonly string[] }
  | { readonly type: string; readonly dims: readonly number[]; readonly data: Float32Array };

/**
 * Loads a model into a thread of its own. ONNX Runtime answers by promises alone, detectors at once, and they are asked
 * in masking, in the audit, in frames and documents alike: so the caller sleeps until the thread has answered. A pass over
 * all passages beforehand would have to know which texts all of these will ask for.
 * @throws PhiGateError `usage` where the package is not installed or the file is no model of this kind.
 */
export function loadInference(options: InferenceOptions): Inference {
  const thread = new Thread(options.model, runtimePath(options.resolve));
  try {
    const loaded = thread.ask({}, LOADING);
    if (loaded === undefined || 'failed' in loaded) throw unusable('ONNX Runtime cannot load it', loaded);
    if ('unknown' in loaded && loaded.unknown.length > 0)
      throw unusable(
        'it asks for inputs besides input_ids, attention_mask and token_type_ids: export it for token classification',
      );
  } catch (error) {
    thread.close();
    throw error;
  }
  const patience = options.patience ?? ONE_WINDOW;
  return {
    run: (ids) => logitsOf(thread.ask({ ids }, patience), ids.length),
    close: () => thread.close(),
  };
}

function runtimePath(resolve = () => createRequire(import.meta.url).resolve(PACKAGE)): string {
  try {
    return resolve();
  } catch (cause) {
    throw new PhiGateError(
      'usage',
      `\`names.model\` needs the package ${PACKAGE}, which is not installed: npm install ${PACKAGE}@1, beside phi-gate`,
      {},
      cause,
    );
  }
}

function unusable(why: string, answer?: Answer): PhiGateError {
  const cause = answer !== undefined && 'failed' in answer ? new Error(answer.failed) : undefined;
  return new PhiGateError('usage', `the model of \`names.model\` cannot be used: ${why}`, {}, cause);
}

function logitsOf(answer: Answer | undefined, tokens: number): Logits {
  if (answer !== undefined && 'dims' in answer) {
    const { type, dims, data } = answer;
    const [one, rows, labels = 0] = dims;
    const isWhole = dims.length === 3 && one === 1 && rows === tokens && data.length === tokens * labels;
    if (type === 'float32' && isWhole && data.every(Number.isFinite)) return { tokens, labels, data };
  }
  throw new PhiGateError('not-searched', 'the model of `names.model` failed on a passage');
}

/** The thread, and the one request that is on its way. */
class Thread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  #dead = false;

  constructor(model: string, runtime: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(WORKER_SOURCE, {
      eval: true,
      // Loaders of the calling process have no business in there.
      execArgv: [],
      // What the runtime prints is not ours to show.
      stdout: true,
      stderr: true,
      workerData: { runtime, model, signal: this.#signal, port: port2 },
      transferList: [port2],
    });
    for (const end of ['error', 'exit'] as const)
      this.#worker.on(end, () => {
        this.#dead = true;
      });
    this.#worker.unref();
    this.#port.unref();
  }

  /** The answer; undefined where none came in time, and from then on: a late answer would be taken for the next one. */
  ask(request: { readonly ids?: readonly number[] }, patience: number): Answer | undefined {
    if (this.#dead) return undefined;
    Atomics.store(this.#signal, 0, 0);
    this.#port.postMessage(request);
    const waited = Atomics.wait(this.#signal, 0, 0, patience);
    const received = waited === 'timed-out' ? undefined : receiveMessageOnPort(this.#port);
    if (received === undefined) this.close();
    return received?.message as Answer | undefined;
  }

  close(): void {
    this.#dead = true;
    this.#port.close();
    void this.#worker.terminate();
  }
}
