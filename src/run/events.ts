import { normalisePatientKey } from '../crosswalk/patient-key.ts';
import type { MaskingContext } from '../mask/masking.ts';
import { readEvents } from '../project/csv.ts';
import type { LoadedProject } from '../project/load.ts';
import { readBeside } from './session.ts';

/** The events of project.yaml by patient, or nothing where it names none. @throws PhiGateError `usage`. */
export function patientEvents({ project, folder }: LoadedProject): Pick<MaskingContext, 'events'> {
  if (project.events === undefined) return {};
  const policy = { leadingZeros: project.leadingZeros, defaultIssuer: project.defaultIssuer };
  const keyOf = (patient: { id: string; issuer: string }) => {
    const { id, issuer } = normalisePatientKey(patient, policy);
    return JSON.stringify([id, issuer]);
  };
  const dates = new Map(
    readEvents(readBeside(folder, project.events.file, 'events.file')).map(({ patient, date }) => [
      keyOf(patient),
      date.replaceAll('-', ''),
    ]),
  );
  return { events: { name: project.events.name, dateOf: (patient) => dates.get(keyOf(patient)) } };
}
