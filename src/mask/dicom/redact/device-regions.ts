import type { DicomFile } from '../../../dicom/element.ts';
import { findElement } from '../../../dicom/file.ts';
import { pixelsOfFile } from '../../../dicom/pixels/of-file.ts';
import { frameCount } from '../../../dicom/pixels/readable.ts';
import { asciiValue } from '../../../dicom/values.ts';
import type { BlackedOut } from '../../../model/redaction.ts';
import type { Project } from '../../../project/schema.ts';
import { readRulesYaml } from '../../../rules.ts';
import { outsideUltrasoundRegions } from './ultrasound-regions.ts';

type Region = Project['pixels']['regions'][number];

let known: readonly Region[] | undefined;

function knownRegions(): readonly Region[] {
  known ??= readRulesYaml<{ regions: readonly Region[] }>('pixel/regions.yaml').regions;
  return known;
}

const MODALITY = 0x00080060;
const MANUFACTURER = 0x00080070;
const MODEL = 0x00081090;

/**
 * Boxes that go from every frame of a file whatever stands in them: by its device, from `rules/pixel/regions.yaml` and
 * project.yaml, and outside its ultrasound regions where the project wants that.
 */
export function fixedBoxesOf(file: DicomFile, policy: Project['pixels']): BlackedOut[] {
  const pixels = pixelsOfFile(file);
  if (pixels === undefined) return [];
  const { description } = pixels;
  const isKnown = policy.deviceRegions === 'blank' && policy.redact !== 'none';
  const regions = [...policy.regions, ...(isKnown ? knownRegions() : [])];
  const text = (tag: number): string => {
    const element = findElement(file.dataSet, tag);
    return element === undefined ? '' : asciiValue(file.body, element).trim();
  };
  const boxes = regions
    .filter(
      ({ modality, manufacturer, model, rows, columns }) =>
        (modality === undefined || modality === text(MODALITY)) &&
        (manufacturer === undefined || contains(text(MANUFACTURER), manufacturer)) &&
        (model === undefined || contains(text(MODEL), model)) &&
        (rows === undefined || rows === description.rows) &&
        (columns === undefined || columns === description.columns),
    )
    .flatMap((region) => region.boxes);
  const outside =
    policy.outsideUltrasoundRegions === 'blank' ? outsideUltrasoundRegions(file, description) : [];
  return [...boxes, ...outside].map((box) => ({ first: 1, last: frameCount(description), box }));
}

const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
