import { readRulesJson } from '../rules.ts';

/**
 * Arcs of PS3.6 Annex A but for storage classes: verification; transfer syntaxes; well-known instances and services; frames of
 * reference; palettes; coding schemes; application contexts; printing, worklists and queries; context groups; application
 * models; LDAP.
 */
const ARCS =
  /^1\.2\.840\.10008\.(?:1\.1|1\.2(?:\.[1-9]\d{0,2}){0,3}|1\.3\.10|1\.9|1\.(?:20|40|42)(?:\.1){0,2}|1\.4\.[1-9]\.\d{1,2}(?:\.\d{1,2})?|1\.5\.\d{1,2}|2\.(?:6|16)\.\d{1,3}|3\.1\.\d(?:\.\d){1,4}|4\.2|5\.1\.1\.\d{1,2}(?:\.\d{1,3}){0,2}|5\.1\.4\.(?:1\.[2-9]|[2-9]|[1-9]\d)(?:\.\d{1,2}){1,4}|6\.1\.\d{1,4}|7\.1\.\d{1,2}|8\.1\.\d{1,2}|9\.\d{1,2}|15(?:\.\d{1,2}){1,4})$/;
const STORAGE_CLASSES = '1.2.840.10008.5.1.4.1.1.';

let classes: ReadonlySet<string> | undefined;

/**
 * UIDs that the DICOM standard itself registers (PS3.6 Annex A, PS3.16 8). Storage classes are looked
 * up one by one: software that borrows the root for instances of its own borrows theirs.
 */
export function isRegisteredUid(uid: string): boolean {
  if (!uid.startsWith(STORAGE_CLASSES)) return ARCS.test(uid);
  classes ??= new Set(
    Object.keys(readRulesJson<{ classes: Record<string, string> }>('dicom/sop-classes.json').classes),
  );
  return classes.has(uid);
}
