import { unsupported } from './unsupported.ts';

/** A text as the model wants it, and for each of its UTF-16 units where it stands in the original, in UTF-16 offsets. */
export interface Normalised {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The `normalizer` of a tokenizer.json, as far as it is read here. */
export interface NormalizerSpec {
  readonly type: string;
  readonly normalizers?: readonly NormalizerSpec[];
  readonly lowercase?: boolean;
  readonly strip_accents?: boolean | null;
  readonly clean_text?: boolean;
}

type Step = (cluster: string) => string;

/** A letter with its marks is changed as a whole, so that composing and decomposing keep their place. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu;

/**
 * The function that a `normalizer` stands for; the identity without one.
 * @throws PhiGateError `usage` for a type that is not known.
 */
export function normaliser(spec: NormalizerSpec | null | undefined): (text: string) => Normalised {
  const steps = spec == null ? [] : stepsOf(spec);
  return (text) => {
    const [starts, ends]: [number[], number[]] = [[], []];
    let result = '';
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const changed = steps.reduce((part, step) => step(part), cluster);
      result += changed;
      for (let i = 0; i < changed.length; i++) {
        starts.push(index);
        ends.push(index + cluster.length);
      }
    }
    return { text: result, starts, ends };
  };
}

function stepsOf(spec: NormalizerSpec): Step[] {
  switch (spec.type) {
    case 'Sequence':
      return (spec.normalizers ?? []).flatMap(stepsOf);
    case 'BertNormalizer': {
      const { clean_text = true, lowercase = true, strip_accents } = spec;
      return [
        ...(clean_text ? [withoutControls] : []),
        ...((strip_accents ?? lowercase) ? [withoutAccents] : []),
        ...(lowercase ? [lower] : []),
      ];
    }
    case 'Lowercase':
      return [lower];
    case 'StripAccents':
      return [(part) => part.replace(/\p{Mn}/gu, '')];
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD': {
      const form = spec.type;
      return [(part) => part.normalize(form)];
    }
    case 'Strip':
      // White space at the ends makes no token with any of the splitters that are read here.
      return [];
    default:
      throw unsupported(`the normalizer ${spec.type}`);
  }
}

const lower: Step = (part) => part.toLowerCase();

const withoutAccents: Step = (part) => part.normalize('NFD').replace(/\p{Mn}/gu, '');

/** Control characters go, all white space becomes a blank. */
const withoutControls: Step = (part) => part.replace(/[\t\n\r]|\p{Zs}/gu, ' ').replace(/[\p{C}\ufffd]/gu, '');
