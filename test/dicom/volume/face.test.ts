import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../../src/dicom/file.ts';
import { faceByGeometry, faceUnseen } from '../../../src/dicom/volume/face.ts';
import { planesOf } from '../../../src/dicom/volume/planes.ts';
import { Series } from '../../../src/dicom/volume/stacks.ts';
import { memorySource } from '../../../src/splice.ts';
import { part10 } from '../data-set.ts';
import { AXIAL, CORONAL, enhancedOf, type Protocol, SAGITTAL, sliceOf } from './head-series.ts';

const LIMITS = { depth: 16, inflatedBytes: 1 << 24, headerBytes: 1 << 24 };

const read = (elements: Uint8Array[]) => planesOf(readDicom(memorySource(part10(elements)), LIMITS));

const filesOf = (protocol: Protocol) =>
  Array.from({ length: protocol.slices }, (_, slice) => sliceOf(protocol, slice));

function stacksOf(files: readonly Uint8Array[][]) {
  const series = new Series<number>();
  files.forEach((file, index) => {
    const planes = read(file);
    if (planes !== undefined) series.add(index, planes);
  });
  return [...series.stacks()].flatMap(([, stacks]) => stacks);
}

/** What the geometry of a whole series says; the strongest answer of its stacks. */
function judged(protocol: Protocol, files = filesOf(protocol)): string {
  const answers = stacksOf(files).map(faceByGeometry);
  return (
    answers.find((answer) => answer === 'face') ??
    answers.find((answer) => answer === 'ask-pixels') ??
    'no-face'
  );
}

const HEAD_CT: Protocol = {
  bodyPart: 'HEAD',
  orientation: AXIAL,
  size: [512, 512],
  pixel: 0.45,
  thickness: 1,
  slices: 150,
};
const BODY_CT: Protocol = { ...HEAD_CT, bodyPart: 'CHEST', pixel: 0.75, slices: 320 };

describe('the geometry of a series', () => {
  it.each<[string, Protocol]>([
    ['a thin axial CT of the head', HEAD_CT],
    [
      'a bone reconstruction of the face',
      { ...HEAD_CT, bodyPart: 'FACIAL BONES', thickness: 0.6, slices: 220 },
    ],
    [
      'an MPRAGE, sagittal',
      {
        ...HEAD_CT,
        modality: 'MR',
        bodyPart: 'BRAIN',
        orientation: SAGITTAL,
        size: [256, 256],
        pixel: 1,
        slices: 176,
      },
    ],
    [
      'a volume of which only the description says what it is',
      { ...HEAD_CT, modality: 'MR', bodyPart: '', description: 'AX BRAVO POST', size: [256, 256], pixel: 1 },
    ],
    [
      'thin coronal slices of the sinuses',
      { ...HEAD_CT, bodyPart: 'SINUS', orientation: CORONAL, pixel: 0.4, slices: 90 },
    ],
    ['head and neck', { ...HEAD_CT, bodyPart: 'HEADNECK', thickness: 1.25, slices: 280 }],
    ['overlapping slices of 3 mm', { ...HEAD_CT, thickness: 3, gap: 1.5 }],
    ['a gantry that is tilted', { ...HEAD_CT, orientation: [1, 0, 0, 0, 0.94, -0.342] }],
    [
      'a craniofacial cone beam',
      {
        ...HEAD_CT,
        modality: 'DX',
        bodyPart: '',
        sopClass: '1.2.840.10008.5.1.4.1.1.13.1.2',
        pixel: 0.4,
        thickness: 0.4,
        slices: 300,
      },
    ],
    [
      'a brain PET of 2 mm',
      { ...HEAD_CT, modality: 'PT', bodyPart: 'BRAIN', size: [128, 128], pixel: 2, thickness: 2, slices: 80 },
    ],
  ])('of %s would render a face', (_, protocol) => {
    expect(judged(protocol)).toBe('face');
  });

  it.each<[string, Protocol]>([
    ['axial slices of 5 mm', { ...HEAD_CT, thickness: 5, slices: 32 }],
    ['thick slices that overlap', { ...HEAD_CT, thickness: 5, gap: 2.5, slices: 60 }],
    ['thin slices far apart', { ...HEAD_CT, thickness: 1, gap: 10, slices: 16 }],
    ['a two-dimensional FLAIR', { ...HEAD_CT, modality: 'MR', thickness: 4, gap: 4.4, slices: 34 }],
    ['a few slices of the inner ear', { ...HEAD_CT, bodyPart: 'IAC', thickness: 0.6, slices: 70 }],
    ['the top of a head', { ...HEAD_CT, slices: 60 }],
    [
      'echo-planar voxels of 3 mm',
      { ...HEAD_CT, modality: 'MR', size: [64, 64], pixel: 3.4, thickness: 3.3, slices: 40 },
    ],
    [
      'a sagittal cervical spine',
      { ...HEAD_CT, modality: 'MR', bodyPart: 'CSPINE', orientation: SAGITTAL, thickness: 3, slices: 15 },
    ],
    [
      'a sagittal slab of the midline',
      { ...HEAD_CT, modality: 'MR', orientation: SAGITTAL, thickness: 3, slices: 15 },
    ],
    ['a thin CT of the cervical spine', { ...HEAD_CT, bodyPart: 'CSPINE', thickness: 0.6, slices: 300 }],
    ['a thin CT of the chest', BODY_CT],
    ['chest, abdomen and pelvis', { ...BODY_CT, bodyPart: 'CHESTABDPELVIS', slices: 650 }],
    ['a knee', { ...HEAD_CT, modality: 'MR', bodyPart: 'KNEE', size: [320, 320], pixel: 0.5, slices: 120 }],
    ['a localizer', { ...HEAD_CT, imageType: 'ORIGINAL\\PRIMARY\\LOCALIZER' }],
    ['projections', { ...HEAD_CT, imageType: 'DERIVED\\SECONDARY\\PROJECTION IMAGE' }],
    ['an ultrasound', { ...HEAD_CT, modality: 'US' }],
  ])('of %s would not', (_, protocol) => {
    expect(judged(protocol)).toBe('no-face');
  });

  it.each<[string, Protocol]>([
    ['a whole body', { ...BODY_CT, bodyPart: 'WHOLEBODY', pixel: 0.98, thickness: 3.27, slices: 300 }],
    ['a chest that is as long as a body', { ...BODY_CT, thickness: 3, slices: 320 }],
    ['a neck', { ...HEAD_CT, bodyPart: 'NECK', slices: 250 }],
    ['a region that nobody states', { ...HEAD_CT, bodyPart: '', pixel: 0.6 }],
    ['head and chest in one study', { ...BODY_CT, bodyPart: '', description: 'CT HEAD CHEST ABDOMEN' }],
  ])('of %s leaves it to the pixels', (_, protocol) => {
    expect(judged(protocol)).toBe('ask-pixels');
  });

  it('is that of all files: half of them, every second one, may show no face', () => {
    const files = filesOf({ ...HEAD_CT, thickness: 1, gap: 3, slices: 50 });
    expect(judged(HEAD_CT, files)).toBe('face');
    expect(judged(HEAD_CT, files.slice(0, 20))).toBe('no-face');
    expect(
      judged(
        HEAD_CT,
        files.filter((_, index) => index % 2 === 0),
      ),
    ).toBe('no-face');
  });

  it('does not depend on the order of the files, nor on files that are there twice', () => {
    const files = filesOf({ ...HEAD_CT, thickness: 2, slices: 50 });
    const order = fc.shuffledSubarray(files, { minLength: files.length });
    fc.assert(
      fc.property(order, fc.nat(files.length - 1), (shuffled, again) => {
        const twice = [...shuffled, ...files.slice(again, again + 1)];
        const [stack] = stacksOf(twice);
        return stack?.planes.length === 50 && faceByGeometry(stack) === 'face';
      }),
      { numRuns: 10 },
    );
  });

  it('is found in the functional groups of an enhanced object', () => {
    expect(judged(HEAD_CT, [enhancedOf(HEAD_CT)])).toBe('face');
    expect(judged(HEAD_CT, [enhancedOf({ ...HEAD_CT, thickness: 5, slices: 30 })])).toBe('no-face');
    expect(
      stacksOf([enhancedOf(HEAD_CT)])[0]
        ?.planes.map(({ frame }) => frame)
        .slice(0, 3),
    ).toEqual([0, 1, 2]);
  });

  it('keeps series apart', () => {
    const halves = [
      ...filesOf({ ...HEAD_CT, slices: 60 }),
      ...filesOf({ ...HEAD_CT, slices: 60, series: '1.2.3.99' }),
    ];
    expect(judged(HEAD_CT, halves)).toBe('no-face');
  });

  it('measures the same box whichever way the planes lie', () => {
    const box = { size: [200, 200] as const, pixel: 1, thickness: 1, slices: 200 };
    for (const orientation of [AXIAL, SAGITTAL, CORONAL]) {
      const [stack] = stacksOf(filesOf({ ...HEAD_CT, ...box, orientation }));
      for (const length of Object.values(stack?.extent ?? {})) expect(length).toBeCloseTo(200, 3);
    }
  });
});

describe('slices that nobody can read', () => {
  it('are those of a head where the picture is as wide as one, or a head may be part of it', () => {
    const [small] = stacksOf(filesOf({ ...HEAD_CT, bodyPart: '' }));
    const [wide] = stacksOf(filesOf({ ...BODY_CT, bodyPart: '' }));
    const [body] = stacksOf(filesOf({ ...BODY_CT, bodyPart: 'WHOLEBODY' }));
    expect([small, wide, body].map((stack) => stack !== undefined && faceUnseen(stack))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
