import { readRulesJson, readRulesYaml } from '../rules.ts';
import type { DicomFile } from './element.ts';
import { findElement } from './file.ts';
import { asciiValue } from './values.ts';

const SOP_CLASS = 0x00080016;
const MEDIA_STORAGE_SOP_CLASS = 0x00020002;
/** Pixel Data, Float and Double Float Pixel Data, Pixel Data Provider URL. */
const PIXELS = [0x7fe00010, 0x7fe00008, 0x7fe00009, 0x00287fe0];

const ROWS = 0x00280010;

let loaded: ReadonlySet<string> | undefined;

function imageClasses(): ReadonlySet<string> {
  if (loaded !== undefined) return loaded;
  const { classes } = readRulesJson<{ classes: Readonly<Record<string, string>> }>('dicom/sop-classes.json');
  const images = Object.keys(classes).filter((uid) => /\bImage Storage\b/.test(classes[uid] ?? ''));
  const more = readRulesYaml<{ classes: readonly string[] }>('dicom/image-classes.yaml').classes;
  loaded = new Set([...images, ...more]);
  return loaded;
}

/**
 * Whether a file is a picture by its SOP class and says how large it is, and yet has no pixels, nor says where they are (PS3.3
 * C.7.6.3.1: Pixel Data is of Type 1C there). A file that was cut between two elements is read without complaint, and looks
 * like this. One that lacks its size as well may be a header that was never more than that, and nobody can tell.
 */
export function lacksPixels(file: DicomFile): boolean {
  if (PIXELS.some((tag) => findElement(file.dataSet, tag) !== undefined)) return false;
  return findElement(file.dataSet, ROWS) !== undefined && imageClasses().has(sopClassOf(file));
}

function sopClassOf(file: DicomFile): string {
  const element = findElement(file.dataSet, SOP_CLASS);
  if (element !== undefined) return asciiValue(file.body, element).trim();
  // The meta group of a deflated file is not in `body`.
  const meta = file.inflated === undefined ? findElement(file.meta, MEDIA_STORAGE_SOP_CLASS) : undefined;
  return meta === undefined ? '' : asciiValue(file.body, meta).trim();
}
