import { createCanvas } from '@napi-rs/canvas';
import {
  AnnotationMode,
  OPS,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentPart } from '../document.ts';
import { type AttachedFile, attachmentParts } from './around.ts';
import { stringsIn } from './strings.ts';

/** Pixels a point: 180 dots an inch, so that small print is read. */
const SCALE = 2.5;
/** At less than 72 dots an inch print is not legible. */
const LEAST_SCALE = 1;
/** A page of more pixels is drawn smaller. */
const MOST_PIXELS = 24 << 20;

/** Properties of an annotation that name things of the format (PDF 12.5). */
const TECHNICAL: ReadonlySet<string> = new Set(
  (
    'id subtype fieldType borderStyle color backgroundColor borderColor rect annotationType fontName lineEndings ' +
    'defaultAppearanceData creationDate checkBoxType buttonValue hasOwnCanvas noRotate noHTML state stateModel ' +
    'replyType popupRef parentType structParent file dest'
  ).split(' '),
);
const NONE: ReadonlySet<string> = new Set();
const TEXT_OPERATORS: ReadonlySet<number> = new Set([
  OPS.showText,
  OPS.showSpacedText,
  OPS.nextLineShowText,
  OPS.nextLineSetSpacingShowText,
]);
const PICTURES: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintInlineImageXObject,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObjectRepeat,
  OPS.shadingFill,
]);
/** So many paths may be letters that were drawn instead of written. */
const FEWEST_PATHS = 12;

/** What drawing needs of a page, apart from the library. */
interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/**
 * Text of a page with its annotations, and a picture of what is no text on it: pictures and drawn letters. Where the text of
 * the page does not say what its letters look like, the picture is of all of it.
 */
export async function readPage(
  document: PDFDocumentProxy,
  number: number,
  framePixels: number,
): Promise<DocumentPart[]> {
  const page = await document.getPage(number);
  const locus = `page ${number}`;
  try {
    const text = await textOf(page);
    const parts: DocumentPart[] = text.trim() === '' ? [] : [{ kind: 'text', locus, text }];
    parts.push(...(await annotationsOf(page, locus)));
    for (const spoken of stringsIn(await page.getStructTree(), new Set(['role', 'type', 'id', 'lang'])))
      parts.push({ kind: 'text', locus, text: spoken });
    for (const script of stringsIn(await page.getJSActions(), NONE))
      parts.push({ kind: 'text', locus, text: script });
    const operators = await page.getOperatorList({ annotationMode: AnnotationMode.ENABLE });
    const drawing = drawingOf(operators, text);
    if (drawing !== 'nothing')
      parts.push(...(await draw(document, page, number, drawing === 'all', framePixels)));
    return parts;
  } finally {
    page.cleanup();
  }
}

/** The library gives spaces as items, and says where a line ends. */
async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent({ includeMarkedContent: false });
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

async function annotationsOf(page: PDFPageProxy, locus: string): Promise<DocumentPart[]> {
  const annotations: { file?: AttachedFile }[] = await page.getAnnotations({ intent: 'any' });
  return annotations.flatMap((annotation, i) => {
    const texts = [...new Set(stringsIn(annotation, TECHNICAL))].map(
      (text): DocumentPart => ({ kind: 'text', locus: `${locus} annotation ${i + 1}`, text }),
    );
    const { file } = annotation;
    return file ? [...texts, ...attachmentParts('', file, `${locus} attachment ${i + 1}`)] : texts;
  });
}

/** What of the page has to be looked at. */
function drawingOf({ fnArray }: Operators, text: string): 'nothing' | 'without text' | 'all' {
  const shows = fnArray.some((operator) => TEXT_OPERATORS.has(operator));
  if (shows && !isLegible(text)) return 'all';
  const paths = fnArray.filter((operator) => operator === OPS.constructPath).length;
  const draws = paths >= FEWEST_PATHS || fnArray.some((operator) => PICTURES.has(operator));
  return draws ? 'without text' : 'nothing';
}

/** Letters of private use and replacement characters come from fonts that do not say what their shapes mean. */
function isLegible(text: string): boolean {
  const letters = text.replace(/\s/g, '');
  const strange = letters.match(/[\p{Cc}\p{Co}\p{Cn}\ufffd]/gu)?.length ?? 0;
  return letters !== '' && strange <= 0.02 * letters.length;
}

async function draw(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  number: number,
  withText: boolean,
  framePixels: number,
): Promise<DocumentPart[]> {
  const locus = `page ${number}`;
  const { width, height } = page.getViewport({ scale: 1 });
  const most = Math.min(framePixels, MOST_PIXELS);
  const scale = Math.min(SCALE, Math.sqrt(most / Math.max(1, width * height)));
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(
    Math.max(1, Math.floor(viewport.width)),
    Math.max(1, Math.floor(viewport.height)),
  );
  const task = page.render({
    canvas: canvas as never,
    viewport,
    annotationMode: AnnotationMode.ENABLE,
    optionalContentConfigPromise: everyLayer(document),
    operationsFilter: (index) => withText || !TEXT_OPERATORS.has(operatorsOf(task)?.fnArray[index] ?? -1),
  });
  await task.promise;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const picture = {
    kind: 'picture',
    locus,
    page: number,
    width: canvas.width,
    height: canvas.height,
    channels: 3,
    bits: 8,
    data: withoutAlpha(data),
  } as const;
  const parts: DocumentPart[] = [picture];
  if (lacksPictures(page, operatorsOf(task)))
    parts.push({ kind: 'unread', locus, why: 'a picture on a page of the PDF cannot be decoded' });
  if (scale < LEAST_SCALE)
    parts.push({
      kind: 'unread',
      locus,
      why: 'a page of the PDF is too large to be drawn at a size that can be read',
    });
  return parts;
}

/** The list that is being drawn: the one that `getOperatorList` gives is not put together in the same way. */
function operatorsOf(task: object): Operators | undefined {
  return (task as { _internalRenderTask?: { operatorList?: Operators } })._internalRenderTask?.operatorList;
}

/** Layers that are switched off are in the file all the same. */
async function everyLayer(document: PDFDocumentProxy) {
  const config = await document.getOptionalContentConfig({ intent: 'display' });
  for (const [id] of config) config.setVisibility(id, true);
  return config;
}

/** The library leaves a picture out that it cannot decode. */
function lacksPictures(page: PDFPageProxy, operators: Operators | undefined): boolean {
  if (operators === undefined) return true;
  return operators.fnArray.some((operator, i) => {
    if (operator !== OPS.paintImageXObject) return false;
    const [id] = operators.argsArray[i] as readonly [string];
    const objects = id.startsWith('g_') ? page.commonObjs : page.objs;
    return !objects.has(id) || objects.get(id) === null;
  });
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let i = 0, j = 0; i < rgba.length; i += 4, j += 3) {
    rgb[j] = rgba[i] as number;
    rgb[j + 1] = rgba[i + 1] as number;
    rgb[j + 2] = rgba[i + 2] as number;
  }
  return rgb;
}
