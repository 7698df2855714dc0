import { biometricRules } from '../../dicom/biometric-classes.ts';
import type { HipaaCategory } from '../../model/category.ts';
import type { Locus } from '../../model/passage.ts';
import type { SecondElement, SecondReading } from './second-reader.ts';

/** What a file as a whole is, by what it says of itself. */
export interface Biometric {
  readonly category: HipaaCategory;
  /** `class.photograph`, `audio.voice`, `declared.recognizable`. */
  readonly rule: string;
  /** The element that says so, and its value: of the standard, no value of a person. */
  readonly locus: Locus;
  readonly value: string;
}

const SOP_CLASS = '(0008,0016)';
const MEDIA_STORAGE_SOP_CLASS = '(0002,0002)';
const MODALITY = '(0008,0060)';
const RECOGNIZABLE = '(0028,0302)';
const PIXELS = new Set(['(7FE0,0010)', '(7FE0,0008)', '(7FE0,0009)']);
/** Multiplexed Audio Channels Description (PS3.3 C.7.6.5): the sound of a video. */
const AUDIO_OF_VIDEO = '(003A,0300)';
/** Audio Sample Data of a retired curve (PS3.6, 50xx,200C). */
const AUDIO_SAMPLES = /^\(50[0-9A-F]{2},200C\)$/;
/** Code Value inside Channel Source, of a waveform or of a video's sound. */
const CHANNEL_SOURCE = /\(003A,0208\)\[\d+\]\.\(0008,0100\)$/;
const GENERAL_AUDIO = '1.2.840.10008.5.1.4.1.1.9.4.2';

/**
 * Photographs of persons, pictures of eyes and voices (45 CFR 164.514(b)(2)(i)(P) and (Q)), by SOP class, modality, audio
 * channels and Recognizable Visual Features: at most one of each category. What the pixels show is not looked at.
 */
export function biometricsOf(reading: SecondReading): Biometric[] {
  const file = new Declarations(reading);
  const found = [byClass(file), byModality(file), byAudio(file), byDeclaration(file)];
  const first = new Map<HipaaCategory, Biometric>();
  for (const one of found) if (one !== undefined && !first.has(one.category)) first.set(one.category, one);
  return [...first.values()];
}

/** A picture of a class that may show anything, and of which nothing else says what it shows. */
export function mayShowAnything(reading: SecondReading): boolean {
  const file = new Declarations(reading);
  return file.hasPixels && biometricRules().anything.includes(file.sopClass.value);
}

function byClass(file: Declarations): Biometric | undefined {
  const { value, locus } = file.sopClass;
  const row = biometricRules().classes[value];
  if (row === undefined || (value === GENERAL_AUDIO && file.isNoVoice)) return undefined;
  return { category: row.category, rule: `class.${row.rule}`, locus, value };
}

function byModality(file: Declarations): Biometric | undefined {
  const value = file.text(MODALITY);
  const row = file.hasPixels ? biometricRules().modalities[value] : undefined;
  return row && { category: row.category, rule: `modality.${row.rule}`, locus: MODALITY, value };
}

function byAudio(file: Declarations): Biometric | undefined {
  const place = file.audioPlace;
  return place === undefined ? undefined : { category: 'P', rule: 'audio.voice', locus: place, value: place };
}

/** (0028,0302) = YES: whoever wrote the file says that its patient can be recognised (PS3.3 C.7.6.1). */
function byDeclaration(file: Declarations): Biometric | undefined {
  if (file.text(RECOGNIZABLE) !== 'YES') return undefined;
  return { category: 'Q', rule: 'declared.recognizable', locus: RECOGNIZABLE, value: 'YES' };
}

/** The elements that the rules ask for. */
class Declarations {
  readonly #elements: readonly SecondElement[];
  readonly #top = new Map<Locus, SecondElement>();

  constructor({ elements }: SecondReading) {
    this.#elements = elements;
    for (const element of elements)
      if (element.depth === 0 && !this.#top.has(element.path)) this.#top.set(element.path, element);
  }

  get sopClass(): { readonly value: string; readonly locus: Locus } {
    const value = this.text(SOP_CLASS);
    if (value !== '') return { value, locus: SOP_CLASS };
    return { value: this.text(MEDIA_STORAGE_SOP_CLASS), locus: MEDIA_STORAGE_SOP_CLASS };
  }

  get hasPixels(): boolean {
    return [...PIXELS].some((path) => this.#top.has(path));
  }

  /** Every channel says where its sound comes from, and none from a person's mouth. */
  get isNoVoice(): boolean {
    const sources = this.#sources();
    return (
      sources.length > 0 && sources.every(({ value }) => biometricRules().audioSources.other.includes(value))
    );
  }

  /** Where sound is that may hold a voice. */
  get audioPlace(): Locus | undefined {
    const { voice } = biometricRules().audioSources;
    const spoken = this.#sources().find(({ value }) => voice.includes(value));
    if (spoken !== undefined) return spoken.path;
    const video = this.#top.get(AUDIO_OF_VIDEO);
    if ((video?.items ?? 0) > 0 && !this.isNoVoice) return AUDIO_OF_VIDEO;
    return this.#elements.find(({ path, length }) => AUDIO_SAMPLES.test(path) && length > 0)?.path;
  }

  #sources(): { readonly path: Locus; readonly value: string }[] {
    return this.#elements
      .filter(({ path }) => CHANNEL_SOURCE.test(path))
      .map((element) => ({ path: element.path, value: textOf(element) }));
  }

  text(path: Locus): string {
    const element = this.#top.get(path);
    return element === undefined ? '' : textOf(element);
  }
}

/** First value of a text of the default repertoire. */
function textOf(element: SecondElement): string {
  const text = Buffer.from(element.value(0, 64)).toString('latin1');
  return (text.split('\\')[0] ?? '').replace(/[\0 ]+$/, '').trim();
}
