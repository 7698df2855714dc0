import { createRequire } from 'node:module';

/**
 * Decoders in WebAssembly that had no part in the product's: OpenJPH in a build of others, and OpenJPEG, which reads HTJ2K (ITU-T
 * T.814) by code of its own. For what DCMTK and GDCM do not read.
 */
const DECODERS = {
  OpenJPH: ['@cornerstonejs/codec-openjph/wasmjs', 'HTJ2KDecoder'],
  OpenJPEG: ['@cornerstonejs/codec-openjpeg/wasmjs', 'J2KDecoder'],
} as const;

export type SecondDecoder = keyof typeof DECODERS;

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
  delete(): void;
}
type Module = Readonly<Record<string, new () => Decoder>>;
type Factory = (options: { print: (line: string) => void }) => Promise<Module>;

const loaded = new Map<SecondDecoder, Promise<Module>>();

/** The samples of a stream as bytes, channels side by side. */
export async function decodedBySecond(name: SecondDecoder, stream: Uint8Array): Promise<Uint8Array> {
  const [entry, className] = DECODERS[name];
  const loading = loaded.get(name) ?? load(entry);
  loaded.set(name, loading);
  const Decode = (await loading)[className];
  if (Decode === undefined) throw new Error(`${entry} has no ${className}`);
  const decoder = new Decode();
  try {
    decoder.getEncodedBuffer(stream.length).set(stream);
    decoder.decode();
    return Uint8Array.from(decoder.getDecodedBuffer());
  } finally {
    decoder.delete();
  }
}

function load(entry: string): Promise<Module> {
  const factory = createRequire(import.meta.url)(entry) as Factory;
  return factory({ print: () => undefined });
}
