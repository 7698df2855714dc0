import type { HipaaCategory } from '../model/category.ts';
import type { Project } from './schema.ts';

type Waived = keyof Project['waivers'];

/** What a project decides to let stand of faces or biometrics: a risk that somebody accepted, with a reason. */
export interface Waiver {
  /** The setting, as the report names it: `faces: waive`. */
  readonly label: string;
  readonly reason: string;
  readonly by: string;
  readonly on: string;
  readonly until?: string;
}

/** Which setting decides on a category. */
const SETTINGS: Readonly<Partial<Record<HipaaCategory, Waived>>> = { P: 'biometrics', Q: 'faces' };

/** The waiver in force for biometric identifiers (P) or faces (Q) on a day; one that has run out is none. */
export function waiverOf(
  project: Pick<Project, Waived | 'waivers'>,
  category: HipaaCategory,
  now: Date,
): Waiver | undefined {
  const setting = SETTINGS[category];
  if (setting === undefined || project[setting] !== 'waive') return undefined;
  const waiver = project.waivers[setting];
  if (waiver === undefined || isOver(waiver, now)) return undefined;
  return { label: waiverLabel(setting), ...waiver };
}

/** Whether the last day of a waiver has passed. */
export function isOver({ until }: Pick<Waiver, 'until'>, now: Date): boolean {
  return until !== undefined && until < now.toISOString().slice(0, 10);
}

const waiverLabel = (setting: Waived): string => `${setting}: waive`;

/** Whether a rule of the report is a waiver and not a rule for a place. */
export const isWaiverLabel = (rule: string): boolean =>
  Object.values(SETTINGS).some((setting) => rule === waiverLabel(setting));
