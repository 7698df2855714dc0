/**
 * What runs in the thread of the model, as source text: a worker wants a file or a text, and only text is the same in the
 * sources and in the build. It answers one request at a time and raises the signal after each answer. Of an error that a
 * passage caused it says nothing at all: ONNX Runtime writes tensor values into its messages.
 */
export const WORKER_SOURCE = `
const { workerData } = require('node:worker_threads');
const fs = require('node:fs');
const { runtime, model, signal, port } = workerData;
let session;

// The runtime writes straight to the standard streams, values of the passage included: it has none in here.
const { writeSync } = fs;
fs.writeSync = (file, ...rest) => (file === 1 || file === 2 ? 0 : writeSync(file, ...rest));
for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => {};

async function load() {
  const ort = require(runtime);
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'fatal';
  session = await ort.InferenceSession.create(fs.readFileSync(model), { executionProviders: ['wasm'], logSeverityLevel: 4 });
  const kinds = new Map((session.inputMetadata ?? []).map(({ name, type }) => [name, type]));
  const filled = { input_ids: (ids) => ids, attention_mask: (ids) => ids.map(() => 1), token_type_ids: (ids) => ids.map(() => 0) };
  const unknown = session.inputNames.filter((name) => !Object.hasOwn(filled, name));
  session.ask = async (ids) => {
    const feeds = {};
    for (const name of session.inputNames) {
      const values = filled[name](ids);
      feeds[name] = kinds.get(name) === 'int32'
        ? new ort.Tensor('int32', Int32Array.from(values), [1, ids.length])
        : new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length]);
    }
    const output = session.outputNames.includes('logits') ? 'logits' : session.outputNames[0];
    const { type, dims, data } = (await session.run(feeds, { logSeverityLevel: 4 }))[output];
    return { type, dims: [...dims], data: type === 'float32' ? Float32Array.from(data) : new Float32Array(0) };
  };
  return { unknown };
}

port.on('message', async (request) => {
  let answer;
  try {
    answer = request.ids === undefined ? await load() : await session.ask(request.ids);
  } catch (error) {
    answer = request.ids === undefined ? { failed: String(error && error.message) } : { failed: '' };
  }
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
`;
