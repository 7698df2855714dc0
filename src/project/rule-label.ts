import { type DicomStep, parseDicomAt, parseHl7At } from './at.ts';

/**
 * A rule by its `at`, as a report may print it: keywords, tags, segments and types are words of a standard; a private creator
 * is whatever a vendor or a site wrote there, and is left out.
 */
export function ruleLabel(at: string): string {
  if (parseHl7At(at) !== undefined) return at;
  return (parseDicomAt(at) ?? []).map(stepLabel).join('.');
}

function stepLabel(step: DicomStep): string {
  switch (step.kind) {
    case 'keyword':
      return step.pattern;
    case 'tag':
      return `(${step.pattern.slice(0, 4)},${step.pattern.slice(4)})`.replaceAll('X', 'x');
    case 'private':
      return `(${step.group},private,${step.element.replaceAll('X', 'x')})`;
  }
}
