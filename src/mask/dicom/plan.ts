import type { CodeBook, Need } from '../../crosswalk/codes.ts';
import type { CharacterSets } from '../../dicom/character-sets.ts';
import { lookup } from '../../dicom/dictionary.ts';
import type { DataElement, DicomFile } from '../../dicom/element.ts';
import { type Addition, type Change, layoutEdits } from '../../dicom/layout.ts';
import { numberBytes } from '../../dicom/numbers.ts';
import { pixelsOfFile } from '../../dicom/pixels/of-file.ts';
import { elementOf, formatTag, groupOf, isPrivate, isPrivateCreator, tagOf } from '../../dicom/tag.ts';
import { isText, textValue, usesCharacterSets, valueBytes } from '../../dicom/values.ts';
import { encodeFileHead } from '../../dicom/write.ts';
import type { Action } from '../../model/action.ts';
import { isRegisteredUid } from '../../model/standard-uid.ts';
import type { Project } from '../../project/schema.ts';
import type { Edit } from '../../splice.ts';
import type { ActionTaken, MaskingContext, Plan } from '../masking.ts';
import { additionsTo } from './additions.ts';
import { conditionHolds } from './conditions.ts';
import { type Content, contentOf, identifyingAction, NUMERIC_VALUE, TEXT_VALUE } from './content.ts';
import { ENCAPSULATED_DOCUMENT, isOfDocument, maskedDocument } from './document.ts';
import { KeptByRules } from './kept.ts';
import { hiddenEdits } from './pixels/hidden.ts';
import { BuiltInPolicy, type Decision, effectiveVr } from './policy.ts';
import { isRecognizable } from './recognizable.ts';
import { type CompiledRule, compileDicomRules, matchesRule } from './rules.ts';
import { STATEMENT_TAGS } from './statement.ts';
import { characterSetsOf, type Subject, subjectOf } from './subject.ts';
import { elementTables } from './tables.ts';
import { maskedText, needsOf, type ValueContext, type ValueRequest } from './value.ts';

/** A masked file: what to write in place of preamble and meta group, and edits over the data set (`file.body`). */
export interface MaskedDicom {
  readonly head: Uint8Array;
  readonly edits: readonly Edit[];
  readonly actions: readonly ActionTaken[];
}

/** Ours, random once: (0002,0012) of every file that phi-gate writes. */
const IMPLEMENTATION_CLASS = '2.25.201538940927462083157690214356178902435';

const PIXELS: ReadonlySet<number> = new Set([0x7fe00010, 0x7fe00008, 0x7fe00009]);

/** Value of an element that waits for its codes. */
interface Pending {
  readonly element: DataElement;
  readonly request: ValueRequest;
  readonly sets: CharacterSets;
}

interface Scope {
  readonly sets: CharacterSets;
  readonly ancestors: readonly DataElement[];
  readonly dummy: boolean;
  readonly content: Content;
}

/**
 * Masks DICOM files of one project. A planner reads values but writes nothing; `apply` of a plan gives edits. Planning the
 * same file twice gives the same needs.
 */
export class DicomMasker {
  readonly #policy: BuiltInPolicy;
  readonly #rules: readonly CompiledRule[];
  readonly #context: MaskingContext;
  readonly #version: string;

  constructor(context: MaskingContext, version: string) {
    this.#policy = new BuiltInPolicy(context.project);
    this.#rules = compileDicomRules(context.project);
    this.#context = context;
    this.#version = version;
  }

  /** @throws PhiGateError `unsupported` for objects that are a document, of which nothing would be left. */
  plan(file: DicomFile): Plan<MaskedDicom> {
    const document = maskedDocument(file, this.#context);
    return new FilePlan(file, this.#context, this.#policy, this.#rules, this.#version, document);
  }
}

class FilePlan implements Plan<MaskedDicom> {
  readonly needs: Need[] = [];
  readonly #file: DicomFile;
  readonly #context: MaskingContext;
  readonly #policy: BuiltInPolicy;
  readonly #rules: readonly CompiledRule[];
  readonly #version: string;
  readonly #subject: Subject;
  /** What takes the place of the encapsulated document. */
  readonly #document: Uint8Array | undefined;
  readonly #changes = new Map<DataElement, Change>();
  readonly #pending: Pending[] = [];
  readonly #actions: ActionTaken[] = [];
  readonly #kept: KeptByRules;

  constructor(
    file: DicomFile,
    context: MaskingContext,
    policy: BuiltInPolicy,
    rules: readonly CompiledRule[],
    version: string,
    document: Uint8Array | undefined,
  ) {
    this.#file = file;
    this.#document = document;
    this.#context = context;
    this.#policy = policy;
    this.#rules = rules;
    this.#version = version;
    this.#kept = new KeptByRules(context);
    this.#subject = subjectOf(file);
    this.#needSubject();
    this.#walk(file.dataSet, {
      sets: characterSetsOf(file, file.dataSet),
      ancestors: [],
      dummy: false,
      content: {},
    });
  }

  /** The same whatever the elements: who the patient is, and the file's own UID for the meta group. */
  #needSubject(): void {
    const { patient, sopInstance, study } = this.#subject;
    if (patient !== undefined) this.needs.push({ kind: 'patient', patient, ...this.#studyOfLink(study) });
    if (!keepsUid(sopInstance, this.#context.project)) this.needs.push({ kind: 'uid', uid: sopInstance });
  }

  #studyOfLink(study: string): { study?: string } {
    return this.#context.project.link === 'cut' && study !== '' ? { study } : {};
  }

  #walk(elements: readonly DataElement[], scope: Scope): void {
    const keptBlocks = new Set<number>();
    for (const element of elements) {
      if (isPrivateCreator(element.tag)) continue;
      if (this.#element(element, scope) && isPrivate(element.tag)) keptBlocks.add(blockOf(element));
    }
    for (const element of elements) {
      if (!isPrivateCreator(element.tag)) continue;
      const block = tagOf(groupOf(element.tag), elementOf(element.tag) << 8);
      if (element.duplicate > 0 || !keptBlocks.has(block)) this.#remove(element);
      else if (element.irregular) this.#rewrite(element, 'LO');
    }
  }

  /** Plans one element; false where it goes. */
  #element(element: DataElement, scope: Scope): boolean {
    if (element.duplicate > 0 || (scope.ancestors.length === 0 && STATEMENT_TAGS.has(element.tag)))
      return this.#remove(element);
    // No picture of the instance shows pixels inside a sequence, and nobody would look at them.
    if (scope.ancestors.length > 0 && PIXELS.has(element.tag)) return this.#remove(element);
    if (this.#document !== undefined && scope.ancestors.length === 0 && isOfDocument(element))
      return this.#encapsulated(element, this.#document);
    const vr = effectiveVr(element, elementTables());
    const decision = this.#decide(element, vr, scope);
    if (decision.kind === 'recurse') return this.#sequence(element, scope, decision.dummy || scope.dummy);
    const { action } = decision;
    if (action.do === 'remove') return this.#remove(element, action);
    if (vr === 'SQ') return this.#wholeSequence(element, action, scope);
    if (action.do === 'keep') return this.#keep(element, vr);
    if (!isText(vr) && action.do !== 'empty' && action.do !== 'dummy')
      return this.#binary(element, vr, action);
    this.#value(element, vr, action, scope);
    return true;
  }

  /** The cleaned document; its length (0042,0015), which was the original's, goes. */
  #encapsulated(element: DataElement, document: Uint8Array): boolean {
    if (element.tag !== ENCAPSULATED_DOCUMENT) return this.#remove(element);
    this.#changes.set(element, { kind: 'value', vr: 'OB', bytes: document });
    this.#note(element, 'clean');
    return true;
  }

  #decide(element: DataElement, vr: string, scope: Scope): Decision {
    let found: Action | undefined;
    for (const rule of this.#rules) {
      if (rule.action.do === 'add' || !matchesRule(rule, element, scope.ancestors)) continue;
      if (rule.when === undefined || conditionHolds(this.#file, rule.when)) found = rule.action;
    }
    const decision = this.#policy.decide(element, vr);
    if (found?.do === 'keep') {
      const text = () => textValue(this.#file.body, element, scope.sets, vr).text;
      this.#kept.note(element, vr, decision, text);
    }
    if (found !== undefined) return { kind: 'action', action: found };
    if (scope.dummy) return withDummyText(decision, vr);
    const { identifying } = scope.content;
    const isContent = element.tag === TEXT_VALUE || element.tag === NUMERIC_VALUE;
    return isContent && identifying !== undefined
      ? { kind: 'action', action: identifyingAction(identifying, element.tag) }
      : decision;
  }

  #remove(element: DataElement, action: Action = { do: 'remove' }): false {
    this.#changes.set(element, { kind: 'remove' });
    this.#note(element, action.do);
    return false;
  }

  #keep(element: DataElement, vr: string): true {
    if (element.irregular) this.#rewrite(element, vr);
    return true;
  }

  /** A kept element whose header breaks the standard gets a header that does not. */
  #rewrite(element: DataElement, vr: string): void {
    this.#changes.set(element, { kind: 'value', vr, bytes: valueBytes(this.#file.body, element) });
  }

  #sequence(element: DataElement, scope: Scope, dummy: boolean): boolean {
    const { body, encoding } = this.#file;
    if (element.irregular) this.#changes.set(element, { kind: 'plain sequence' });
    if (element.vr === 'UN' && encoding.explicit) {
      // An opaque sequence would hide its content from other readers; big-endian data sets cannot take it over as it is.
      if (!encoding.littleEndian) return this.#remove(element);
      this.#changes.set(element, { kind: 'plain sequence' });
    }
    for (const item of element.items ?? []) {
      const sets = characterSetsOf(this.#file, item.elements, scope.sets);
      const content = contentOf(this.#file, element, item.elements, sets, scope.content);
      this.#walk(item.elements, { sets, ancestors: [...scope.ancestors, element], dummy, content });
    }
    if (element.items === undefined && body.size > 0 && element.valueEnd > element.valueStart)
      return this.#remove(element);
    return true;
  }

  /** An action on a sequence as a whole: gone, without items, or its elements one by one. */
  #wholeSequence(element: DataElement, action: Action, scope: Scope): boolean {
    if (action.do === 'empty') {
      this.#changes.set(element, { kind: 'value', vr: 'SQ', bytes: new Uint8Array(0) });
      this.#note(element, 'empty');
      return true;
    }
    return this.#sequence(element, scope, action.do === 'dummy' || scope.dummy);
  }

  /** A number may be replaced by one; any other text action has no meaning for numbers and bytes: the element goes. */
  #binary(element: DataElement, vr: string, action: Action): boolean {
    const bytes = action.do === 'replace' ? numberBytes(vr, action.with, element.encoding) : undefined;
    if (bytes === undefined) return this.#remove(element, action);
    this.#changes.set(element, { kind: 'value', vr, bytes });
    this.#note(element, action.do);
    return true;
  }

  #value(element: DataElement, vr: string, action: Action, scope: Scope): void {
    const label = lookup(element.tag)?.keyword.replace(/([a-z])([A-Z])/g, '$1 $2') ?? '';
    const { text, complete } = isText(vr)
      ? textValue(this.#file.body, element, scope.sets, vr)
      : { text: '', complete: true };
    const { ageUnit } = scope.content;
    const isAge = element.tag === NUMERIC_VALUE && ageUnit !== undefined && action.do === 'number';
    const request: ValueRequest = {
      action: isAge ? { do: 'age' } : action,
      tag: element.tag,
      vr,
      text,
      label,
      isComplete: complete,
      ...(isAge && { unit: ageUnit }),
    };
    this.needs.push(...needsOf(request, this.#subject, this.#context.project.link === 'cut'));
    this.#pending.push({ element, request, sets: scope.sets });
  }

  #note(element: DataElement, action: string): void {
    const keyword = lookup(element.tag)?.keyword;
    const attribute = isPrivate(element.tag)
      ? 'private elements'
      : `${keyword ?? 'unknown element'} ${formatTag(element.tag)}`;
    this.#actions.push({ attribute, action });
  }

  apply(codes: CodeBook): MaskedDicom {
    const { project } = this.#context;
    const { patient, study, sopClass, sopInstance, hasPixels } = this.#subject;
    const link = this.#studyOfLink(study).study;
    const context: ValueContext = {
      masking: this.#context,
      subject: this.#subject,
      codes,
      patient: patient === undefined ? undefined : codes.patient(patient, link),
    };
    const changes = new Map(this.#changes);
    this.#hiddenInPixels(changes);
    for (const pending of this.#pending) this.#applyValue(pending, context, changes);
    const additions = this.#additions(context, changes, hasPixels);
    const head = encodeFileHead({
      sopClass,
      sopInstance: keepsUid(sopInstance, project) ? sopInstance : codes.uid(sopInstance),
      transferSyntax: this.#file.transferSyntax,
      implementationClass: IMPLEMENTATION_CLASS,
      implementationVersion: `PHI-GATE_${this.#version}`.slice(0, 16),
    });
    return { head, edits: layoutEdits(this.#file, { elements: changes, additions }), actions: this.#actions };
  }

  /** What no picture shows goes from the pixel data: bits outside the samples, comments of compressed frames. */
  #hiddenInPixels(changes: Map<DataElement, Change>): void {
    const pixels = pixelsOfFile(this.#file);
    if (pixels === undefined || changes.has(pixels.element)) return;
    const edits = hiddenEdits(pixels);
    if (edits.length === 0) return;
    changes.set(pixels.element, { kind: 'patch', edits });
    this.#note(pixels.element, 'clear hidden');
  }

  #applyValue(
    { element, request, sets }: Pending,
    context: ValueContext,
    changes: Map<DataElement, Change>,
  ): void {
    const { vr, text, action } = request;
    const masked = isText(vr) ? maskedText(request, context) : undefined;
    if (isText(vr) && (masked === undefined || masked === text)) {
      // A header that is not of the standard, or names another VR than the one the value was judged by, is written anew.
      const isOther = element.vr !== vr && element.vr !== 'UN';
      if (element.irregular || isOther)
        changes.set(element, { kind: 'value', vr, bytes: valueBytes(this.#file.body, element) });
      return;
    }
    const bytes = masked === undefined ? blank(action, element) : encodeText(masked, vr, sets);
    changes.set(element, { kind: 'value', vr, bytes });
    this.#note(element, action.do);
  }

  #additions(context: ValueContext, changes: Map<DataElement, Change>, hasPixels: boolean): Addition[] {
    const added = additionsTo(this.#file, this.#rules, context, {
      version: this.#version,
      hasPixels,
      recognizable: isRecognizable(this.#file, this.#subject, this.#context),
      kept: this.#kept,
    });
    const tags = new Set<number>(added.elements.map(({ tag }) => tag));
    for (const element of this.#file.dataSet)
      if (tags.has(element.tag)) changes.set(element, { kind: 'remove' });
    this.#actions.push(...added.actions);
    return added.elements;
  }
}

/** Whether the file's own UID stays: the meta group must say what the data set says. */
const keepsUid = (uid: string, { uids }: Project): boolean =>
  uid === '' || uids === 'keep' || isRegisteredUid(uid);

/** First tag of the private block that an element lies in. */
const blockOf = (element: DataElement): number =>
  tagOf(groupOf(element.tag), elementOf(element.tag) & 0xff00);

/** Inside a sequence that the profile replaces by a dummy, free text is replaced as well. */
function withDummyText(decision: Decision, vr: string): Decision {
  if (decision.kind === 'recurse') return { kind: 'recurse', dummy: true };
  const { action } = decision;
  const keepsText = action.do === 'keep' || action.do === 'clean';
  return keepsText && usesCharacterSets(vr) ? { kind: 'action', action: { do: 'dummy' } } : decision;
}

/** Bytes of a text in the element's character sets; text that they cannot take over is replaced, never guessed. */
function encodeText(text: string, vr: string, sets: CharacterSets): Uint8Array {
  if (!usesCharacterSets(vr)) return Buffer.from(text, 'latin1');
  return sets.encode(text) ?? Buffer.from('REMOVED', 'latin1');
}

/** No value, or zeros in place of numbers and bytes (a dummy may not be empty). */
function blank(action: Action, element: DataElement): Uint8Array {
  if (action.do === 'empty') return new Uint8Array(0);
  return new Uint8Array(Math.max(2, Math.min(8, element.valueEnd - element.valueStart)));
}
