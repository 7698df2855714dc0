import type { HipaaCategory } from '../model/category.ts';
import { readRulesYaml } from '../rules.ts';

/** What a class or modality makes of a file. */
export interface BiometricKind {
  readonly category: HipaaCategory;
  readonly rule: string;
}

/** `rules/pixel/biometric-classes.yaml`: the same for the masker, which says what a file shows, and for the audit, which finds it. */
export interface BiometricRules {
  /** By SOP Class UID. */
  readonly classes: Readonly<Record<string, BiometricKind>>;
  /** By Modality, of files with pixels. */
  readonly modalities: Readonly<Record<string, BiometricKind>>;
  /** Codes of Channel Source (PS3.16 CID 3000). */
  readonly audioSources: { readonly voice: readonly string[]; readonly other: readonly string[] };
  /** SOP classes whose pictures may be of anything. */
  readonly anything: readonly string[];
}

let loaded: BiometricRules | undefined;

/** The rules, read once. */
export function biometricRules(): BiometricRules {
  loaded ??= readRulesYaml<BiometricRules>('pixel/biometric-classes.yaml');
  return loaded;
}

/** Whether a picture is a photograph of a person by its class or modality (category Q). */
export function isPhotograph({ sopClass, modality }: { sopClass: string; modality: string }): boolean {
  const { classes, modalities } = biometricRules();
  return classes[sopClass]?.category === 'Q' || modalities[modality]?.category === 'Q';
}
