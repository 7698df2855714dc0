import type { HipaaCategory } from '../model/category.ts';
import { readRulesYaml } from '../rules.ts';
import type { Detector } from './detector.ts';

const SOP_CLASS = '00080016';

let classes: Readonly<Record<string, { category: HipaaCategory; rule: string }>> | undefined;

/**
 * Photographs, fundus pictures and voices are findings by the class of their file (categories P and Q): suspects, since a
 * person must decide. Faces in head images of other classes are not looked for.
 */
export function biometricClassDetector(): Detector {
  return {
    id: 'biometric-class',
    detect({ text, hints }) {
      if (hints.tag !== SOP_CLASS) return [];
      classes ??= readRulesYaml<{ classes: typeof classes }>('pixel/biometric-classes.yaml').classes ?? {};
      const found = classes[text.trim()];
      if (found === undefined) return [];
      const { category, rule } = found;
      return [
        {
          start: 0,
          end: text.length,
          category,
          detector: 'biometric-class',
          rule: `class.${rule}`,
          tier: 'suspect',
          confidence: 0.9,
        },
      ];
    },
  };
}
