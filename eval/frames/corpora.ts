import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import dicomParser from 'dicom-parser';
import { openFrames } from '../../src/dicom/pixels/frames.ts';
import { frameCount } from '../../src/dicom/pixels/readable.ts';
import { describeFile } from '../../test/dicom/pixels/describe-file.ts';
import type { Sample } from './sample.ts';

interface Truth {
  readonly file: string;
  readonly textLines: readonly string[] | null;
  readonly phi: string | null;
  readonly frame_index: number;
}

const ROOT = resolve(process.env.PHI_GATE_CORPORA ?? '../shared/corpora');

/** Real frames whose text a person has read; none where the corpora are absent. */
export function corpusFrames(): Sample[] {
  if (!existsSync(join(ROOT, 'pixel/truth.json'))) return [];
  const truth = JSON.parse(readFileSync(join(ROOT, 'pixel/truth.json'), 'utf8')) as Truth[];
  return truth.flatMap(({ file, textLines, phi, frame_index }) => {
    const found = describeFile(join(ROOT, 'pixel', file));
    if (found === undefined) return [];
    const tokens = (phi ?? '').split(/\s+/).filter((text) => text !== '');
    return [
      {
        name: file,
        traits: { corpus: 'pixel', text: textLines === null ? 'none' : 'some' },
        ...found,
        frame: frame_index,
        tokens: tokens.map((text) => ({ text, identifying: true, ink: [] })),
        crossSection: /^mr_/.test(file),
        ultrasound: ULTRASOUND.has(file),
      },
    ];
  });
}

const ULTRASOUND = new Set(['jpgll_adult_echo.dcm', 'us_ge_4aicl142.dcm', 'examples_ybr.dcm']);

/** What these modalities make shows no text, as a person has checked; the last two hold no greys at all. */
const CROSS_SECTION = new Set(['CT', 'MR', 'PT', 'NM']);
const WITHOUT_TEXT = new Set([...CROSS_SECTION, 'RTDOSE', 'SEG']);

/** Files whose rows of components the line model has seen as `no text`, in whatever syntax they come. */
const LEARNT = /CT_small|MR_small|liver|rtdose|CT0012|emri|IM-0001|JPEG2000|JPGExtended|JPEG-lossy/;

/** Real frames without text: the first, the middle and the last of each file. */
export async function corpusFramesWithoutText(): Promise<Sample[]> {
  const made: Sample[] = [];
  for (const folder of ['dicom/pydicom', 'dicom/syntaxes']) {
    if (!existsSync(join(ROOT, folder))) continue;
    for (const name of readdirSync(join(ROOT, folder)).sort()) {
      const modality = modalityOf(join(ROOT, folder, name));
      const found = WITHOUT_TEXT.has(modality) ? describeFile(join(ROOT, folder, name)) : undefined;
      if (found === undefined) continue;
      const count = frameCount(found.description);
      for (const frame of new Set([0, count >> 1, count - 1])) {
        if (!(await decodes(found, frame))) continue;
        made.push({
          name: `${name} ${frame + 1}`,
          traits: { corpus: LEARNT.test(name) ? 'learnt from' : 'held out', modality },
          ...found,
          frame,
          tokens: [],
          crossSection: CROSS_SECTION.has(modality),
          ultrasound: false,
        });
      }
    }
  }
  return made;
}

async function decodes({ description, data }: Pick<Sample, 'description' | 'data'>, frame: number) {
  try {
    return (await openFrames(description, data).read(frame)).state === 'decoded';
  } catch {
    return false;
  }
}

function modalityOf(path: string): string {
  try {
    return dicomParser.parseDicom(readFileSync(path), { untilTag: 'x00080061' }).string('x00080060') ?? '';
  } catch {
    return '';
  }
}
