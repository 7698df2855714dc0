import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type ModelDetector, type ModelOptions, openModel } from '../../../src/detect/model/detector.ts';
import type { PhiGateError } from '../../../src/errors.ts';
import type { Passage } from '../../../src/model/passage.ts';
import { type TinyModel, writeTinyModel } from './tiny-model.ts';

const LABELS = ['O', 'B-PER', 'I-PER', 'B-LOC'];
const WORDS = {
  zor: 'B-PER',
  '##vath': 'I-PER',
  quil: 'I-PER',
  elmsworth: 'B-LOC',
  seen: 'O',
  with: 'O',
  today: 'O',
  by: 'O',
} as const;

const root = mkdtempSync(join(tmpdir(), 'model-'));
const opened: ModelDetector[] = [];
afterEach(() => {
  for (const model of opened.splice(0)) model.close();
});
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function folderOf(tiny: Partial<TinyModel> = {}): string {
  folders += 1;
  const folder = join(root, String(folders));
  writeTinyModel(folder, { labels: LABELS, words: WORDS, ...tiny });
  return folder;
}

function open(folder: string, options: ModelOptions = {}): ModelDetector {
  const model = openModel(folder, options);
  opened.push(model);
  return model;
}

const passage = (text: string, hints: Partial<Passage['hints']> = {}): Passage => ({
  text,
  locus: 'text',
  place: 'text',
  hints: { format: 'text', ...hints },
});

const found = (model: ModelDetector, text: string, hints = {}): string[] =>
  model
    .detect(passage(text, hints))
    .map(({ start, end, rule, category, tier }) =>
      [rule, category, tier, [...text].slice(start, end).join('')].join(' '),
    );

function failure(act: () => unknown): Pick<PhiGateError, 'code' | 'message'> {
  try {
    act();
  } catch (error) {
    return error as PhiGateError;
  }
  throw new Error('nothing was thrown');
}

describe('a model that the project brought', () => {
  it('adds suspects, whole words, in code points', () => {
    const model = open(folderOf());
    expect(found(model, '😀 seen with Zorváth Quil today, Elmsworth')).toEqual([
      'model.per A suspect Zorváth Quil',
      'model.loc B suspect Elmsworth',
    ]);
    expect(found(model, 'seen with Zor-Quil')).toEqual(['model.per A suspect Zor-Quil']);
    expect(found(model, 'zorvath zorvath')).toEqual([
      'model.per A suspect zorvath',
      'model.per A suspect zorvath',
    ]);
    expect(found(model, 'seen by nobody today')).toEqual([]);
  });

  it('has the probability of the label for confidence', () => {
    const [hit] = open(folderOf()).detect(passage('seen by zor'));
    // A score of 4 against three of 0: e^4 / (e^4 + 3), and what stands for other labels counts too.
    expect(hit?.confidence).toBeCloseTo((Math.exp(4) + 2) / (Math.exp(4) + 3), 2);
    expect(hit?.explain).toBe('a model that the project brought');
  });

  it('reads a text that is longer than its window to the end', () => {
    const model = open(folderOf());
    const filler = 'seen with today by '.repeat(60);
    expect(found(model, `${filler}zorvath ${filler}quil ${filler}elmsworth`)).toEqual([
      'model.per A suspect zorvath',
      'model.per A suspect quil',
      'model.loc B suspect elmsworth',
    ]);
  });

  it('takes the meaning of labels from the project', () => {
    const labels = ['O', 'CLINIC', 'DRUG'];
    const folder = folderOf({ labels, words: { rosewood: 'CLINIC', aspirin: 'DRUG' } });
    const model = open(folder, { labels: { CLINIC: 'B', DRUG: 'none' } });
    expect(found(model, 'aspirin at Rosewood')).toEqual(['model.clinic B suspect Rosewood']);
    const { code, message } = failure(() => open(folder, { labels: { CLINIC: 'B' } }));
    expect([code, message]).toEqual(['usage', expect.stringMatching(/\(DRUG\).*names\.labels/)]);
  });

  it('passes over placeholders, codes, numbers, and dates where they are kept', () => {
    const labels = ['O', 'PER', 'DATE'];
    const folder = folderOf({ labels, words: { name: 'PER', zor: 'PER', easter: 'DATE' } });
    const model = open(folder);
    expect(found(model, 'seen [NAME] at Easter')).toEqual(['model.date C suspect Easter']);
    expect(found(model, 'zor', { vr: 'CS' })).toEqual([]);
    expect(found(model, 'zor', { dataType: 'NM' })).toEqual([]);
    expect(found(model, 'zor', { coded: true })).toEqual([]);
    expect(found(open(folder, { dates: 'kept' }), 'zor at Easter')).toEqual(['model.per A suspect zor']);
  });

  it('throws where it fails on a passage, without a word of it, and goes on', () => {
    const model = open(folderOf({ beyond: ['krummholz'] }));
    const { code, message } = failure(() => model.detect(passage('seen krummholz today')));
    expect(code).toBe('not-searched');
    expect(message).not.toMatch(/krummholz|\d/);
    expect(model.isLive()).toBe(true);
    expect(found(model, 'seen by zor')).toEqual(['model.per A suspect zor']);
  });

  it('throws once it is closed', () => {
    const model = open(folderOf());
    model.close();
    expect(failure(() => model.detect(passage('seen by zor'))).code).toBe('not-searched');
    expect(model.isLive()).toBe(false);
  });

  it('says what to install where ONNX Runtime is not there', () => {
    const resolve = () => {
      throw new Error('Cannot find module');
    };
    const { code, message } = failure(() => open(folderOf(), { resolve }));
    expect([code, message]).toEqual(['usage', expect.stringContaining('npm install onnxruntime-web@1')]);
  });

  it.each([
    ['scores of other labels', { columns: 7 }, /scores 7 labels/],
    ['inputs that nobody fills', { inputs: ['pixel_values'] }, /asks for inputs/],
  ])('refuses a model with %s', (_, tiny, why) => {
    const { code, message } = failure(() => open(folderOf(tiny)));
    expect([code, message]).toEqual(['usage', expect.stringMatching(why)]);
  });

  it.each([
    ['model.onnx', 'no protocol buffer', /ONNX Runtime cannot load it/],
    ['config.json', '{"id2label":{"0":"O","2":"B-PER"}}', /id2label/],
    ['config.json', '{', /config\.json cannot be read/],
    ['tokenizer.json', '{"model":{"type":"Unigram","vocab":[["a",-1]]}}', /vocab/],
    ['tokenizer.json', '{"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}', /byte-level/],
  ])('refuses a folder with a bad %s', (name, content, why) => {
    const folder = folderOf();
    writeFileSync(join(folder, name), content);
    const { code, message } = failure(() => open(folder));
    expect([code, message]).toEqual(['usage', expect.stringMatching(why)]);
    expect(message).not.toContain(folder);
  });

  it('has a hash that changes with each of its files', () => {
    const folder = folderOf();
    const before = open(folder).sha256;
    expect(open(folder).sha256).toBe(before);
    const config = join(folder, 'config.json');
    writeFileSync(config, `${readFileSync(config, 'utf8')}\n`);
    expect(open(folder).sha256).not.toBe(before);
  });
});
