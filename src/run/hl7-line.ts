import { hl7Disagreements } from '../audit/hl7/agreement.ts';
import { type Hl7MessagePassages, hl7Passages } from '../audit/hl7/passages.ts';
import { type Hl7SecondReading, readHl7Second } from '../audit/hl7/second-reader.ts';
import { structureChanges } from '../audit/integrity.ts';
import { knownOfHl7Original } from '../audit/known-from-original.ts';
import { personsOfHl7 } from '../audit/person-codes.ts';
import type { Crosswalk } from '../crosswalk/codes.ts';
import { PhiGateError } from '../errors.ts';
import { type Hl7File, readHl7File } from '../hl7/file.ts';
import type { Message } from '../hl7/message.ts';
import type { FileSource } from '../input/file-source.ts';
import { holds } from '../mask/hl7/conditions.ts';
import { planEnvelope, withholdParts } from '../mask/hl7/envelope.ts';
import { messageFacts } from '../mask/hl7/facts.ts';
import { planMessage } from '../mask/hl7/plan.ts';
import { surveyMessage } from '../mask/hl7/survey.ts';
import type { ActionTaken, MaskingContext, Survey } from '../mask/masking.ts';
import type { Passage } from '../model/passage.ts';
import type { Project } from '../project/schema.ts';
import { type ByteSink, type Edit, memorySource, sortEdits, splice } from '../splice.ts';
import { type FoundDocument, searchDocuments } from './documents.ts';
import type { DatasetFilters } from './filters.ts';
import { outsideEdits, segmentsOnly, unreadDocuments } from './hl7-problems.ts';
import type { Audited, AuditSubject, EditSpan, FormatLine, Masked, Problem, SourceSurvey } from './line.ts';
import type { LinkedCleaning } from './linked-cleaning.ts';
import { maskedPersons } from './masked-persons.ts';
import { PassageSearch } from './passage-search.ts';
import { hl7Places } from './places.ts';
import type { AuditTools } from './tools.ts';

export interface Hl7LineOptions {
  readonly project: Project;
  readonly filters: DatasetFilters;
  readonly crosswalk: Crosswalk;
  /** Known once all sources are surveyed. */
  readonly masking: () => MaskingContext;
  /** Names of a file that are cleaned wherever they stand in it; none in a run that masks alone. */
  readonly links: () => LinkedCleaning | undefined;
  readonly bothReaders: boolean;
}

/** What masking the messages of a file gave. */
interface MaskedParts {
  /** By the index of the message. */
  readonly parts: Map<number, { readonly edits: readonly Edit[]; readonly actions: readonly ActionTaken[] }>;
  readonly refused: { readonly index: number; readonly refusal: PhiGateError }[];
}

/** The way of an HL7 v2 file, with its messages as parts, through the house. */
export class Hl7Line implements FormatLine {
  readonly format = 'hl7';
  readonly #options: Hl7LineOptions;

  constructor(options: Hl7LineOptions) {
    this.#options = options;
  }

  survey(source: FileSource): SourceSurvey {
    const bytes = this.#whole(source);
    const file = readHl7File(bytes);
    const surveys = file.parts.map((message) => this.#surveyOf(message));
    const filtered = file.parts.flatMap((message, index) =>
      this.#isLeftOut(message, surveys[index]) ? [index] : [],
    );
    const second = this.#options.bothReaders ? readHl7Second(bytes) : undefined;
    return {
      patients: surveys.flatMap(({ patients }) => patients),
      known: [
        ...surveys.flatMap(({ known }) => known),
        ...(second === undefined ? [] : knownOfHl7Original(second)),
      ],
      studyTimes: surveys.flatMap(({ studyTimes }) => [...studyTimes]),
      equipment: [],
      filtered: filtered.length === file.parts.length ? 'all' : filtered,
      studies: surveys.flatMap(({ studyTimes }) => [...studyTimes.keys()]),
      ...(second && { persons: personsOfHl7(second).map((person) => person ?? null) }),
      anomalies: file.anomalies.map(({ kind }) => kind),
    };
  }

  #surveyOf(message: Message): Survey {
    if (message.problem !== undefined) return { patients: [], known: [], studyTimes: new Map() };
    return surveyMessage(message, this.#options.project);
  }

  #isLeftOut(message: Message, survey: Survey | undefined): boolean {
    if (message.problem !== undefined) return false;
    const facts = messageFacts(message);
    return this.#options.filters.leavesOut({
      patients: survey?.patients.flat() ?? [],
      messageType: facts.type,
      date: facts.date,
      holds: (condition) => holds(message, condition),
    });
  }

  mask(source: FileSource, surveyOf: () => SourceSurvey, sink: ByteSink): Masked {
    const survey = surveyOf();
    const bytes = this.#whole(source);
    const file = readHl7File(bytes);
    const left = new Set(survey.filtered === 'all' ? file.parts.map(({ index }) => index) : survey.filtered);
    const withheld = new Set(
      file.parts.filter(({ problem }) => problem !== undefined).map(({ index }) => index),
    );
    const messages = file.parts.filter(({ index }) => !left.has(index) && !withheld.has(index));
    const masked = this.#maskParts(messages, this.#options.masking());
    this.#maskLinked(bytes, messages, masked);
    const edits = [...masked.parts.values()].flatMap((part) => part.edits);
    const actions = [...masked.parts.values()].flatMap((part) => part.actions);
    for (const { index } of masked.refused) withheld.add(index);
    const out = new Set([...left, ...withheld]);
    const kept = file.parts.map(({ index }) => index).filter((index) => !out.has(index));
    if (kept.length === 0)
      throw (
        masked.refused[0]?.refusal ?? new PhiGateError('malformed', 'no message of the file can be masked')
      );
    this.#maskEnvelope(file, edits, actions);
    const all = sortEdits([...edits, ...withholdParts(file, out)]);
    splice(memorySource(bytes), all, sink);
    const spans = all.map((edit): EditSpan => [edit.start, edit.end, edit.bytes.length]);
    return { actions, parts: { kept, withheld: withheld.size }, edits: spans };
  }

  /** Messages that have a name of the file left are masked once more, with a cleaner that knows it. */
  #maskLinked(bytes: Uint8Array, messages: readonly Message[], masked: MaskedParts): void {
    let read: ReadonlyMap<number | undefined, Hl7MessagePassages> | undefined;
    const textsOf = (index: number): readonly Passage[] => {
      read ??= new Map(hl7Passages(readHl7Second(bytes)).map((message) => [message.index, message]));
      return read.get(index)?.passages ?? [];
    };
    const parts = [...masked.parts].map(
      ([index, { edits }]) => [index, { edits, texts: () => textsOf(index) }] as const,
    );
    const again = this.#options.links()?.again(new Map(parts));
    if (again === undefined) return;
    const left = messages.filter(({ index }) => again.parts.has(index));
    for (const [index, part] of this.#maskParts(left, again.context).parts) masked.parts.set(index, part);
  }

  /** One bad message does not withhold its batch. */
  #maskParts(messages: readonly Message[], context: MaskingContext): MaskedParts {
    const masked: MaskedParts = { parts: new Map(), refused: [] };
    for (const message of messages) {
      const part = this.#maskPart(message, context);
      if (part instanceof PhiGateError) masked.refused.push({ index: message.index, refusal: part });
      else masked.parts.set(message.index, part);
    }
    return masked;
  }

  #maskPart(
    message: Message,
    context: MaskingContext,
  ): { edits: readonly Edit[]; actions: readonly ActionTaken[] } | PhiGateError {
    try {
      const plan = planMessage(message, context);
      return plan.apply(this.#options.crosswalk.resolve(plan.needs));
    } catch (error) {
      if (error instanceof PhiGateError && error.code !== 'disk' && error.code !== 'crosswalk') return error;
      throw error;
    }
  }

  #maskEnvelope(file: Hl7File, edits: Edit[], actions: ActionTaken[]): void {
    const plan = planEnvelope(file, this.#options.masking());
    const envelope = plan.apply(this.#options.crosswalk.resolve(plan.needs));
    // Stray lines may be more than a call takes arguments.
    for (const edit of envelope.edits) edits.push(edit);
    for (const action of envelope.actions) actions.push(action);
  }

  async audit(
    staged: FileSource,
    original: FileSource,
    survey: SourceSurvey,
    tools: AuditTools,
    subject: AuditSubject,
  ): Promise<Audited> {
    const bytes = this.#whole(staged);
    const file = readHl7File(bytes);
    const reading = readHl7Second(bytes);
    const problems: Problem[] = hl7Disagreements(file.parts, reading).map(({ kind, locus }) => ({
      code: 'readers-disagree',
      explain: `the two readers differ (${kind}) at ${locus}`,
      locus,
    }));
    if (file.strays.length > 0) {
      problems.push({ code: 'integrity', explain: 'bytes that belong to no message are left' });
    }
    const messages = reading.messages.filter(({ message }) => message);
    const before = readHl7Second(this.#whole(original));
    problems.push(...this.#structure(before, subject.kept, messages));
    problems.push(...outsideEdits(original, bytes, subject.edits));
    const search = new PassageSearch(tools, survey.equipment, subject, 'hl7');
    const anomalies: string[] = [];
    const found: FoundDocument[] = [];
    const texts = hl7Passages(reading);
    for (const message of texts) {
      const { index: part } = message;
      for (const passage of message.passages) search.passage(passage, part);
      found.push(
        ...message.documents.map((document) => ({ ...document, ...(part !== undefined && { part }) })),
      );
      anomalies.push(...message.anomalies.map(({ kind }) => kind));
      problems.push(...unreadDocuments(message));
    }
    const isWhole = before.messages.length === reading.messages.length;
    search.namesOf(passagesOf(hl7Passages(before)), passagesOf(texts), isWhole);
    const partAt = (offset: number) =>
      file.parts.find(({ start, end }) => offset >= start && offset < end)?.index;
    search.bytes(memorySource(bytes), [], hl7Places(file), partAt);
    const { limits } = this.#options.project;
    const documents = await searchDocuments(found, search, tools, survey.equipment, limits);
    problems.push(...documents.problems);
    const { frames } = documents;
    const originals = survey.persons?.filter((_, index) => subject.kept?.includes(index) ?? true);
    const persons = maskedPersons(originals, personsOfHl7(reading));
    return { ...search.result(), problems, frames, anomalies, parts: file.parts.length, persons };
  }

  /** Segments and field counts of each message against the original's, where no message was left out on the way. */
  #structure(
    original: Hl7SecondReading,
    kept: readonly number[] | undefined,
    staged: ReturnType<typeof readHl7Second>['messages'],
  ): Problem[] {
    const before = original.messages.filter(({ message }) => message);
    const originals = kept === undefined ? before : before.filter((_, index) => kept.includes(index));
    if (originals.length !== staged.length) {
      return [{ code: 'integrity', explain: 'the staged file has other messages than masking put there' }];
    }
    const { hl7, rules } = this.#options.project;
    const removesUnknown = hl7.unknownSegments === 'remove';
    const added = new Set(
      rules.hl7.filter(({ action }) => action.do === 'add').map(({ at }) => at.slice(0, 3)),
    );
    return originals.flatMap((message, part) => {
      const twin = staged[part];
      if (twin === undefined || message.unreadable !== undefined || removesUnknown) return [];
      return structureChanges(segmentsOnly(message), segmentsOnly(twin))
        .filter(({ kind, locus }) => kind !== 'fields' || !added.has(locus))
        .map(({ kind, locus }) => ({
          code: 'integrity' as const,
          explain: `masking changed the ${kind} of the message at ${locus}`,
          locus,
          part,
        }));
    });
  }

  withhold(staged: FileSource, parts: ReadonlySet<number>, sink: ByteSink): void {
    const bytes = this.#whole(staged);
    splice(memorySource(bytes), withholdParts(readHl7File(bytes), parts), sink);
  }

  #whole(source: FileSource): Buffer {
    const { messageBytes } = this.#options.project.limits;
    if (source.size > messageBytes) {
      throw new PhiGateError(
        'too-large',
        `the file has more than ${messageBytes} bytes; raise limits.messageBytes if that is right`,
      );
    }
    return Buffer.from(source.read(0, source.size));
  }
}

const passagesOf = (messages: readonly Hl7MessagePassages[]): Passage[] =>
  messages.flatMap(({ passages }) => passages);
