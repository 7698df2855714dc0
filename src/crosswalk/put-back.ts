import type { Store } from '../store/store.ts';
import type { CodeDomain, PatientKey } from './codes.ts';

/** What an issued code stands for. */
export type Original =
  | {
      readonly kind: 'patient';
      /** All keys of the patient, smallest issuer and id first. */
      readonly keys: readonly PatientKey[];
      readonly dateOffsetDays: number;
      readonly study?: string;
    }
  | { readonly kind: 'uid'; readonly uid: string; readonly study?: string }
  | { readonly kind: 'code'; readonly domain: CodeDomain; readonly value: string };

/** The original of a code or UID that this store issued, superseded ones included; undefined for any other value. */
export function originalOf(store: Store, code: string): Original | undefined {
  const patient = store.patients.byCode(code);
  if (patient) {
    return {
      kind: 'patient',
      keys: store.patients.keysOf(patient.patient),
      dateOffsetDays: patient.dateOffsetDays,
      ...(patient.study !== undefined && { study: patient.study }),
    };
  }
  const stored = store.codes.byCode(code);
  if (!stored) return undefined;
  if (stored.space !== 'uid') {
    return { kind: 'code', domain: stored.space as CodeDomain, value: stored.original };
  }
  const [uid = '', study] = stored.original.split('\0');
  return { kind: 'uid', uid, ...(study !== undefined && { study }) };
}

/**
 * `text` with every issued code and UID replaced by its original in braces, the same in every run over the same data:
 * so two runs can be compared, whatever codes each drew. The result is PHI.
 */
export function putBack(store: Store, text: string): string {
  return text.replace(/[A-Za-z0-9][A-Za-z0-9._-]*/g, (token) => {
    const whole = originalOf(store, token);
    if (whole) return describe(whole);
    return token.replace(/2\.25\.\d+|[A-Z][2-9B-DF-HJKMNP-TV-XZ]{12}/g, (part) => {
      const original = originalOf(store, part);
      return original ? describe(original) : part;
    });
  });
}

function describe(original: Original): string {
  if (original.kind === 'patient') {
    const [key] = original.keys;
    const study = original.study === undefined ? '' : ` ${original.study}`;
    return `{patient ${key?.issuer ?? ''}|${key?.id ?? ''}${study}}`;
  }
  if (original.kind === 'uid') return `{uid ${original.uid}${original.study ? ` ${original.study}` : ''}}`;
  return `{${original.domain} ${original.value}}`;
}
