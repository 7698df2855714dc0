import { disagreements } from '../audit/dicom/agreement.ts';
import { biometricsOf } from '../audit/dicom/biometrics.ts';
import { dicomPassages } from '../audit/dicom/passages.ts';
import { readSecond } from '../audit/dicom/second-reader.ts';
import { hl7Passages, UNREAD_DOCUMENT } from '../audit/hl7/passages.ts';
import { readHl7Second } from '../audit/hl7/second-reader.ts';
import { personOfDicom, personsOfHl7 } from '../audit/person-codes.ts';
import { textPassage } from '../audit/text.ts';
import { readDicom } from '../dicom/file.ts';
import { lacksPixels } from '../dicom/image-classes.ts';
import { planesOf } from '../dicom/volume/planes.ts';
import { type DocumentKind, documentKind } from '../documents/kind.ts';
import { PhiGateError } from '../errors.ts';
import { readHl7File } from '../hl7/file.ts';
import { type FileSource, openFile } from '../input/file-source.ts';
import { SNIFF_BYTES } from '../input/sniff.ts';
import type { FoundFile } from '../input/walk.ts';
import type { Format } from '../model/passage.ts';
import type { Limits } from '../project/schema.ts';
import { memorySource } from '../splice.ts';
import { bulkRanges, equipmentOf } from './dicom-reading.ts';
import {
  addFrames,
  documentsOfDicom,
  type FoundDocument,
  searchDocument,
  searchDocuments,
} from './documents.ts';
import { searchPixels } from './frames.ts';
import { type HeadVolumes, headVolumeOf } from './head-volumes.ts';
import { nameOf, sniffFile } from './inventory.ts';
import type { PassageSearch } from './passage-search.ts';
import { type BytePlace, dicomPlaces, hl7Places } from './places.ts';
import { type Content, firstOf, NOTHING } from './scan-content.ts';
import type { AuditTools } from './tools.ts';

/** Reads a file of a scan by what it is, and gives its texts, bytes and pictures to a search. */
export class ScanReaders {
  readonly #tools: AuditTools;
  readonly #limits: Limits;
  readonly #headVolumes: HeadVolumes;

  constructor(tools: AuditTools, limits: Limits, headVolumes: HeadVolumes) {
    this.#tools = tools;
    this.#limits = limits;
    this.#headVolumes = headVolumes;
  }

  /** @throws PhiGateError where the file cannot be read. */
  async content(file: FoundFile, search: PassageSearch): Promise<Content> {
    const sniffed = sniffFile(file);
    if (sniffed === 'empty') return { ...NOTHING, reason: 'empty', explain: 'the file is empty' };
    const source = openFile(file.path);
    try {
      if (sniffed === 'dicom' || sniffed === 'dicomdir') return await this.#dicom(source, search);
      if (sniffed === 'hl7') return await this.#hl7(source, search);
      const kind = DOCUMENTS.has(sniffed)
        ? documentKind(source.read(0, SNIFF_BYTES), '', source.size)
        : undefined;
      if (sniffed === 'text' && (kind === 'text' || kind === undefined)) return this.#text(source, search);
      if (kind !== undefined && kind !== 'text') return await this.#document(source, kind, search);
    } finally {
      source.close();
    }
    return {
      ...NOTHING,
      reason: 'not-searched',
      explain: `${nameOf(sniffed)} cannot be searched by this version`,
    };
  }

  /** PDF, RTF, XML, HTML, pictures, models. */
  async #document(source: FileSource, kind: DocumentKind, search: PassageSearch): Promise<Content> {
    const format = FORMATS[kind] ?? 'picture';
    const bytes = this.#whole(source, 'documentBytes');
    const document = { bytes, locus: '', hints: { format } };
    const { frames, problems } = await searchDocument(document, search, this.#tools, [], this.#limits);
    // The characters of a text were all searched; the known identifiers are looked for in bytes that are none.
    if (format !== 'text') search.bytes(memorySource(bytes), [{ start: 0, end: bytes.length }], []);
    return { ...NOTHING, format, frames, ...firstOf(problems) };
  }

  async #dicom(source: FileSource, search: PassageSearch): Promise<Content> {
    const file = readDicom(source, this.#limits);
    const reading = readSecond(source, file, this.#limits);
    const equipment = equipmentOf(file);
    search.leaveOut(equipment);
    const { passages, anomalies } = dicomPassages(reading, source, file);
    for (const passage of passages) search.passage(passage);
    const volume = headVolumeOf(planesOf(file), this.#headVolumes);
    if (volume !== undefined) search.whole('head-volume', volume);
    for (const found of biometricsOf(reading))
      if (found.category !== volume?.category) search.whole('biometric-class', found);
    search.bytes(file.body, bulkRanges(reading), dicomPlaces(reading, file));
    const differences = disagreements(file, reading);
    const kinds = [...file.anomalies, ...anomalies, ...reading.rewrites].map(({ kind }) => kind);
    if (lacksPixels(file)) kinds.push('an image without its pixels');
    const content: Content = {
      ...NOTHING,
      format: 'dicom',
      persons: [personOfDicom(reading)],
      anomalies: kinds,
      ...(differences[0] && {
        reason: 'readers-disagree' as const,
        explain: `the two readers differ (${differences[0].kind})`,
      }),
    };
    const pixels = await searchPixels(reading, file, search, this.#tools, equipment, this.#limits);
    const documents = documentsOfDicom(reading, this.#limits);
    const { frames, problems } = await searchDocuments(
      documents,
      search,
      this.#tools,
      equipment,
      this.#limits,
    );
    return { ...content, frames: addFrames(pixels.frames, frames), ...firstOf(problems) };
  }

  async #hl7(source: FileSource, search: PassageSearch): Promise<Content> {
    const bytes = this.#whole(source);
    const reading = readHl7Second(bytes);
    const anomalies: string[] = [];
    const documents: FoundDocument[] = [];
    for (const message of hl7Passages(reading)) {
      for (const passage of message.passages) search.passage(passage);
      documents.push(...message.documents);
      anomalies.push(...message.anomalies.map(({ kind }) => kind));
    }
    const { frames, problems } = await searchDocuments(documents, search, this.#tools, [], this.#limits);
    search.bytes(memorySource(bytes), [], placesIn(bytes));
    const unreadable = reading.messages.filter((message) => message.unreadable !== undefined).length;
    return {
      ...NOTHING,
      format: 'hl7',
      anomalies,
      frames,
      persons: personsOfHl7(reading).filter((person) => person !== undefined),
      ...firstOf(problems),
      ...(anomalies.includes(UNREAD_DOCUMENT) && {
        reason: 'not-searched' as const,
        explain: 'an embedded document is not encoded as it says, and cannot be read',
      }),
      ...(unreadable > 0 && {
        reason: 'unreadable' as const,
        explain: 'messages that the reader could not read',
      }),
    };
  }

  #text(source: FileSource, search: PassageSearch): Content {
    search.passage(textPassage(this.#whole(source)));
    return { ...NOTHING, format: 'text' };
  }

  #whole(source: FileSource, limit: 'messageBytes' | 'documentBytes' = 'messageBytes'): Buffer {
    if (source.size > this.#limits[limit]) {
      throw new PhiGateError(
        'too-large',
        `the file has more than ${this.#limits[limit]} bytes; raise limits.${limit} if that is right`,
      );
    }
    return Buffer.from(source.read(0, source.size));
  }
}

/** A file that only the second reader can read has no places: its hits are said twice, which is better than once too few. */
function placesIn(bytes: Buffer): BytePlace[] {
  try {
    return hl7Places(readHl7File(bytes));
  } catch (error) {
    if (error instanceof PhiGateError) return [];
    throw error;
  }
}

/** What sniffing takes for something that a reader of documents may know. */
const DOCUMENTS: ReadonlySet<string> = new Set(['pdf', 'image', 'office', 'text', 'unknown']);

const FORMATS: Partial<Record<DocumentKind, Format>> = {
  pdf: 'document',
  rtf: 'document',
  stl: 'document',
  xml: 'text',
  html: 'text',
};
