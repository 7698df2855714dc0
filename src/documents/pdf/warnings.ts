/** Warnings of pdfjs-dist that mean that something was left out; most others are about fonts that break a rule. */
const FAILURES: readonly RegExp[] = [
  /ignoring (?:errors|operator|sub-stream|XObject|Shading|shading|pattern|the rest of the image|annotation data|textContent)/,
  /Image exceeded maximum allowed size/,
  /Unable to decode image|image decoding failed|Dependent image/,
  /Filter ".*" is not supported|Unsupported \/S?Mask|Image dimensions are missing/,
  /Invalid stream|MCU data|without finding an EOI/,
  /loadFont|Failed to compile font/,
];

/**
 * The library goes on where it cannot read something, and says so on the console alone. The messages may hold what the file
 * says: they are counted and not kept.
 */
export class WarningWatch {
  #failures = 0;

  constructor() {
    const listen = (...words: unknown[]): void => {
      const [text] = words;
      if (typeof text === 'string' && FAILURES.some((failure) => failure.test(text))) this.#failures += 1;
    };
    Object.assign(console, { log: listen, info: listen, warn: listen, error: listen });
  }

  reset(): void {
    this.#failures = 0;
  }

  get sawFailure(): boolean {
    return this.#failures > 0;
  }
}
