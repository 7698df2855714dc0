import { spawn, spawnSync } from 'node:child_process';
import sharp from 'sharp';
import type { Image } from '../../src/dicom/pixels/image.ts';

/** Whether the machine has a tesseract of its own: another build, with another model. */
export function hasNative(): boolean {
  return spawnSync('tesseract', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** What the machine's own tesseract reads anywhere in a picture, upright and turned to its four sides. */
export async function readNatively(image: Image, turn: number): Promise<string> {
  const channels = image.kind === 'rgb' ? 3 : 1;
  const raw = { width: image.width, height: image.height, channels } as const;
  const png = await sharp(image.data, { raw }).rotate(turn).png({ compressionLevel: 1 }).toBuffer();
  return new Promise((resolve, reject) => {
    const child = spawn('tesseract', ['-', '-', '--psm', '11'], {
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', () => resolve(text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(png);
  });
}
