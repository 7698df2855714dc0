import { decodeText } from '../../hl7/escapes.ts';
import {
  type FieldPath,
  fieldSpans,
  type Message,
  parsePath,
  splitLevel,
  valueAt,
  valuesAt,
} from '../../hl7/message.ts';
import { calendarDate } from '../actions/dates.ts';
import { observationOf } from './observations.ts';

/** What the filters of project.yaml ask of a message. */
export interface MessageFacts {
  /** `ORU^R01`; `ORU` where there is no event. */
  readonly type: string;
  /** MSH-7 as `YYYYMMDD`, or as much of it as there is; '' where it is no date. */
  readonly date: string;
  /** Decoded values at a path such as `PV1-2` or `OBX-3.1`; none where the path is malformed. */
  values(path: string): string[];
}

const ORDER_PATHS = ['OBR-3.1', 'ORC-3.1', 'OBR-18.1', 'IPC-1.1', 'OBR-2.1', 'ORC-2.1'];
const VISIT_PATHS = ['PV1-19.1', 'PID-18.1', 'MSH-10'];
const STUDY_PATHS = ['ZDS-1.1', 'IPC-3.1'];
const UID = /^[0-2](?:\.(?:0|[1-9]\d*))+$/;

/** Facts of one message; nothing is decoded that is not asked for. */
export function messageFacts(message: Message): MessageFacts {
  const at = (text: string) => firstAt(message, [text]);
  const [code, event] = [at('MSH-9.1'), at('MSH-9.2')];
  return {
    type: event === '' ? code : `${code}^${event}`,
    date: calendarDate(at('MSH-7.1')) ?? '',
    values: (path) => {
      const parsed = parsePath(path);
      return parsed === undefined ? [] : valuesAt(message, parsed);
    },
  };
}

/** The order number that stands for the message, as DICOM's Accession Number would; '' where it has none. */
export function orderOf(message: Message): string {
  return firstAt(message, ORDER_PATHS);
}

/**
 * The study that a message is about: its Study Instance UID, where it has one (ZDS-1, IPC-3 or an OBX 110180^^DCM), and a
 * key that tells studies apart even without, by order, visit, account or, at last, message.
 */
export function studyOf(message: Message): { readonly uid: string; readonly key: string } {
  const uid = [firstAt(message, STUDY_PATHS), observedStudy(message)].find((value) => UID.test(value)) ?? '';
  if (uid !== '') return { uid, key: uid };
  const order = orderOf(message);
  return { uid, key: order === '' ? `visit:${firstAt(message, VISIT_PATHS)}` : `order:${order}` };
}

function observedStudy(message: Message): string {
  for (const segment of message.segments) {
    if (segment.name !== 'OBX') continue;
    const spans = fieldSpans(message, segment);
    const [start, end] = [spans[10], spans[11]];
    if (start === undefined || end === undefined || start === end) continue;
    if (observationOf(message, spans).concept?.name !== 'uid') continue;
    const parts = splitLevel(message, start, end, 'component');
    return decodeText(message, parts[0] ?? start, parts[1] ?? end).trim();
  }
  return '';
}

function firstAt(message: Message, paths: readonly string[]): string {
  for (const text of paths) {
    const value = valueAt(message, parsePath(text) as FieldPath).trim();
    if (value !== '' && value !== '""') return value;
  }
  return '';
}
