import type { PatientKey } from '../crosswalk/codes.ts';
import { isDummyId, normalisePatientKey, type PatientKeyPolicy } from '../crosswalk/patient-key.ts';
import { readPatientList } from '../project/csv.ts';
import type { LoadedProject } from '../project/load.ts';
import type { Condition, Filters } from '../project/schema.ts';
import { readBeside } from './session.ts';

/** What a filter asks of a DICOM file or an HL7 message. */
export interface Filterable {
  readonly patients: readonly PatientKey[];
  /** Empty for HL7, where modality and SOP class are not asked. */
  readonly modality?: string;
  readonly sopClass?: string;
  /** `ADT^A01`; absent for DICOM. */
  readonly messageType?: string;
  /** `YYYYMMDD...`, '' where there is none. */
  readonly date: string;
  holds(condition: Condition): boolean;
}

/** The filters of project.yaml, with their patient lists read. */
export class DatasetFilters {
  readonly #filters: Filters;
  readonly #cohort: ReadonlySet<string> | undefined;
  readonly #optOut: ReadonlySet<string> | undefined;
  readonly #policy: PatientKeyPolicy;

  constructor({ project, folder }: LoadedProject) {
    this.#filters = project.filters;
    this.#policy = { leadingZeros: project.leadingZeros, defaultIssuer: project.defaultIssuer };
    const list = (file: string | undefined, key: string) =>
      file === undefined
        ? undefined
        : new Set(readPatientList(readBeside(folder, file, key)).flatMap((patient) => this.#names(patient)));
    this.#cohort = list(this.#filters.cohort, 'filters.cohort');
    this.#optOut = list(this.#filters.optOut, 'filters.optOut');
  }

  /** Whether the filters leave this out of the data set. A filter that does not concern the format passes. */
  leavesOut(item: Filterable): boolean {
    const { modality, sopClass, messageType, where } = this.#filters;
    if (modality && item.modality !== undefined && !modality.includes(item.modality)) return true;
    if (sopClass && item.sopClass !== undefined && !sopClass.includes(item.sopClass)) return true;
    if (
      messageType &&
      item.messageType !== undefined &&
      !messageType.some((type) => typeMatches(type, item.messageType ?? ''))
    )
      return true;
    if (!this.#inDates(item.date)) return true;
    if (!this.#inLists(item.patients)) return true;
    return (where ?? []).some((condition) => concerns(condition, item) && !item.holds(condition));
  }

  #inDates(date: string): boolean {
    const { from, to } = this.#filters;
    if (from === undefined && to === undefined) return true;
    const day = date.slice(0, 8).padEnd(8, '0');
    if (!/^\d{8}$/.test(day) || day.startsWith('0000')) return false; // no date: it cannot be shown to be inside
    if (from !== undefined && day < from.replaceAll('-', '')) return false;
    return to === undefined || day <= to.replaceAll('-', '');
  }

  #inLists(patients: readonly PatientKey[]): boolean {
    const names = patients.filter(({ id }) => !isDummyId(id)).flatMap((patient) => this.#names(patient));
    if (this.#optOut && names.some((name) => this.#optOut?.has(name))) return false;
    return this.#cohort === undefined || names.some((name) => this.#cohort?.has(name));
  }

  /** A listed id without an issuer stands for that id of any issuer. */
  #names(patient: PatientKey): string[] {
    const { id, issuer } = normalisePatientKey(patient, this.#policy);
    return issuer === ''
      ? [JSON.stringify([id, ''])]
      : [JSON.stringify([id, issuer]), JSON.stringify([id, ''])];
  }
}

/** `ADT` stands for all its events. */
const typeMatches = (wanted: string, type: string): boolean =>
  type === wanted || type.split('^')[0] === wanted;

/** A condition on `PID-5` concerns messages, one on a keyword or tag DICOM files. */
function concerns(condition: Condition, item: Filterable): boolean {
  const isHl7 = /^[A-Z][A-Z0-9]{2}-/.test(condition.at) || condition.at.startsWith('type:');
  return isHl7 === (item.messageType !== undefined);
}
