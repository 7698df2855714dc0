import { readRulesYaml } from '../../rules.ts';
import type { Coding } from './codecs.ts';

/** How the frames of a transfer syntax are coded. */
export type Family =
  | 'native'
  | 'rle'
  | 'jpeg-baseline'
  | Coding
  | 'encapsulated-native'
  | 'deflated-frames'
  | 'other';

export interface SyntaxRule {
  readonly family: Family;
  /** Why frames of the syntax are not read. */
  readonly why?: string;
}

const SYNTAXES = readRulesYaml<{ syntaxes: Record<string, SyntaxRule> }>(
  'pixel/transfer-syntaxes.yaml',
).syntaxes;

/** What `rules/pixel/transfer-syntaxes.yaml` says of a transfer syntax; undefined for one that is not known. */
export function syntaxRule(transferSyntax: string): SyntaxRule | undefined {
  return SYNTAXES[transferSyntax];
}
