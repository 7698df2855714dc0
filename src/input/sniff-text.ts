/** Tab, line feed, vertical tab, form feed, carriage return, escape (ISO 2022), and the framing bytes of MLLP. */
const ALLOWED_CONTROLS = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e]);
/** More high bytes than this share, and it is no Latin text that somebody typed. */
const MOST_HIGH = 0.4;

/** Whether bytes are text: UTF-8, UTF-16 with a byte-order mark, or an 8-bit character set without control characters. */
export function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  const utf16 = utf16Of(head);
  if (utf16) return !hasControls(utf16);
  let high = 0;
  for (const byte of head) {
    if ((byte < 0x20 && !ALLOWED_CONTROLS.has(byte)) || byte === 0x7f) return false;
    if (byte >= 0x80) high++;
  }
  return high === 0 || isUtf8(head) || high / head.length <= MOST_HIGH;
}

/** The first bytes as text, for looking at their form: UTF-16 by its mark, else a byte a character. */
export function peekText(head: Uint8Array): string {
  const utf16 = utf16Of(head);
  if (utf16 !== undefined) return utf16;
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  return Buffer.from(head.buffer, head.byteOffset + start, head.length - start).toString('latin1');
}

function utf16Of(head: Uint8Array): string | undefined {
  const even = head.subarray(0, head.length & ~1);
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(even);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(even);
  return undefined;
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 && !ALLOWED_CONTROLS.has(unit)) return true;
  }
  return false;
}

/** The head may end in the middle of a character: streaming leaves that open. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
