import type { ProjectSummary } from '../model/result.ts';
import type { Filters, Project } from './schema.ts';
import { isOver } from './waivers.ts';

type Decision = ProjectSummary['decisions'][number];
type Words<Setting extends string> = Readonly<Record<Setting, string>>;

const LINK: Words<Project['link']> = {
  keep: 'Kept: all studies of a patient under one code',
  cut: 'Cut: every study is a new patient',
};
const CODES: Words<Project['codes']> = {
  random: 'Random, not derived from anything',
  'keyed-hash': 'Keyed hash of the original',
};
const UIDS: Words<Project['uids']> = { replace: 'Replaced consistently', keep: 'Kept' };
const DATES: Words<Project['dates']> = {
  remove: 'Removed',
  year: 'Year only',
  shift: 'Shifted by a random number of days for each patient',
  keep: 'Kept',
};
const TIMES: Words<Project['times']> = {
  keep: 'Kept',
  relative: 'Relative to the first time of the study',
  remove: 'Removed',
};
const AGES: Words<Project['ages']> = {
  cap: 'Kept up to 89, then 90',
  band: 'In bands of ten years, over 89 as 90',
  remove: 'Removed',
  keep: 'Kept',
};
const SEX: Words<Project['sex']> = { keep: 'Kept', remove: 'Removed' };
const ZIP: Words<Project['zip']> = {
  zip3: 'First three digits, 000 where at most 20,000 people live',
  remove: 'Removed',
  keep: 'Kept',
};
const GEOGRAPHY: Words<Project['geography']> = {
  remove: 'Removed',
  state: 'State only',
  city: 'City and state',
};
const PRIVATE_ELEMENTS: Words<Project['privateElements']> = {
  remove: 'Removed',
  safe: 'Those of PS3.15 Table E.3.10-1 stay',
  tcia: 'By the TCIA dispositions',
};
const CONTENT: Words<Project['descriptors']> = { clean: 'Cleaned of identifiers', remove: 'Removed' };
const DOCUMENTS: Words<Project['documents']> = {
  remove: 'Removed',
  clean: 'Plain text and XML cleaned of identifiers, others removed',
  quarantine: 'Their files are quarantined',
};
const UNKNOWN_SEGMENTS: Words<Project['hl7']['unknownSegments']> = {
  empty: 'Name and separators stay, fields are emptied',
  remove: 'Removed',
};
const STRICT = 'Strict: doubtful words are suspects too, with a second opinion';
const USUAL = 'As usual: doubtful words are passed over';
const SUSPECTS: Words<Project['suspects']> = { hold: 'Held for review', release: 'Released before review' };
const WITHOUT_PIXELS: Words<Project['imagesWithoutPixels']> = {
  hold: 'Held: the file may be cut',
  release: 'Released',
};
const TEXT_IN_PIXELS: Words<Project['pixels']['redact']> = {
  none: 'Left as it is: files with text wait for review',
  identified: 'Lines with identifiers blacked out',
  unsafe: 'Blacked out, but for measurements, sides and technique',
  all: 'Blacked out',
};
const LEADING_ZEROS: Words<Project['leadingZeros']> = {
  significant: 'Tell patients apart',
  ignored: 'Ignored',
};

/**
 * The design decisions of a project in words, for the report. Filters and rules are counted, not quoted: they may name
 * a patient. `now` says whether a waiver has run out.
 */
export function decisions(project: Project, now: Date): Decision[] {
  return [
    { label: 'Link between patient and studies', setting: LINK[project.link] },
    { label: 'Codes', setting: CODES[project.codes] },
    { label: 'Leading zeros of patient ids', setting: LEADING_ZEROS[project.leadingZeros] },
    { label: 'Unique identifiers (UIDs)', setting: UIDS[project.uids] },
    { label: 'Dates', setting: DATES[project.dates] },
    { label: 'Times of day', setting: TIMES[project.times] },
    { label: 'Ages', setting: AGES[project.ages] },
    { label: 'Sex', setting: SEX[project.sex] },
    { label: 'ZIP codes', setting: ZIP[project.zip] },
    { label: 'Places', setting: GEOGRAPHY[project.geography] },
    { label: 'Private elements', setting: PRIVATE_ELEMENTS[project.privateElements] },
    { label: 'Descriptions and comments', setting: CONTENT[project.descriptors] },
    { label: 'Structured reports', setting: CONTENT[project.structuredContent] },
    { label: 'Attached documents', setting: DOCUMENTS[project.documents] },
    { label: 'Unknown HL7 segments', setting: UNKNOWN_SEGMENTS[project.hl7.unknownSegments] },
    { label: 'Search for names, places and dates', setting: project.detect.strict ? STRICT : USUAL },
    { label: 'Suspect findings', setting: SUSPECTS[project.suspects] },
    { label: 'Text in pixels', setting: TEXT_IN_PIXELS[project.pixels.redact] },
    { label: 'Images without pixels', setting: WITHOUT_PIXELS[project.imagesWithoutPixels] },
    { label: 'Biometric identifiers', setting: waiverWords(project, 'biometrics', now) },
    { label: 'Faces', setting: waiverWords(project, 'faces', now) },
    { label: 'Filters', setting: filterWords(project.filters) },
    { label: 'Rules of the project', setting: ruleWords(project) },
    ...given('Codes of the sponsor', project.importCodes, 'Imported'),
    ...given('Days from an event', project.events, 'Added (0012,0052)'),
  ];
}

function waiverWords(project: Project, setting: 'biometrics' | 'faces', now: Date): string {
  const waiver = project.waivers[setting];
  if (project[setting] === 'blank-face')
    return 'Blanked in CT and MR of heads; all others held until they are decided on';
  if (project[setting] === 'hold' || waiver === undefined) return 'Held until they are decided on';
  const { reason, by, on, until } = waiver;
  if (isOver(waiver, now)) return `Held: the waiver of ${on} ended on ${until}`;
  return `Waived by ${by} on ${on}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

function given(label: string, value: unknown, setting: string): Decision[] {
  return value === undefined ? [] : [{ label, setting }];
}

function filterWords(filters: Filters): string {
  const words: string[] = [];
  if (filters.modality !== undefined) words.push('modality');
  if (filters.sopClass !== undefined) words.push('SOP class');
  if (filters.messageType !== undefined) words.push('message type');
  if ((filters.from ?? filters.to) !== undefined) words.push('date range');
  if (filters.where !== undefined) words.push(`${filters.where.length} by element or field`);
  if (filters.cohort !== undefined) words.push('cohort list');
  if (filters.optOut !== undefined) words.push('opt-out list');
  return words.length === 0 ? 'None' : sentence(words.join(', '));
}

function ruleWords(project: Project): string {
  const { dicom, hl7 } = project.rules;
  return dicom.length + hl7.length === 0 ? 'None' : `${dicom.length} for DICOM, ${hl7.length} for HL7`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
