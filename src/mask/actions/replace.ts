/** What the templates of `replace` may name. */
export interface TemplateCodes {
  /** The code of the source's patient. */
  readonly patient: string;
  /** The code of the source's order (accession number); '' where it has none. */
  readonly order: string;
}

/** `template` with `{patient}` and `{order}` replaced by the codes; other braces stay as they are. */
export function fillTemplate(template: string, codes: TemplateCodes): string {
  return template.replace(/\{(patient|order)\}/g, (_, name: keyof TemplateCodes) => codes[name]);
}

/** Whether `template` names a code. */
export function namesCode(template: string, code: keyof TemplateCodes): boolean {
  return template.includes(`{${code}}`);
}
