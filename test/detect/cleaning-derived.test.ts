import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { projectSchema } from '../../src/project/schema.ts';
import { Detection } from '../../src/run/detection.ts';

it('a text is cleaned of codes derived from known identifiers', () => {
  const detection = new Detection({
    project: projectSchema.parse({ version: 1, template: 'safe-harbor' }),
    now: new Date(0),
  });
  detection.learn([{ value: 'ZQX4471902', kind: 'id', category: 'H' }]);
  detection.freeze();
  const digest = createHash('md5').update('ZQX4471902').digest('hex');
  const other = createHash('md5').update('liver').digest('hex');
  const { text } = detection.cleaner().clean(`key ${digest}, turned 2091744XQZ, image ${other} kept`);
  expect(text).toBe(`key [CODE], turned [CODE], image ${other} kept`);
});
