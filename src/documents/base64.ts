/** Bytes of a text in base64 (RFC 4648, white space inside), or undefined where it is none, or breaks off. */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/[\s]+/g, '').replace(/-/g, '+').replace(/_/g, '/');
  if (compact === '' || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  const padding = /=*$/.exec(compact)?.[0].length ?? 0;
  const letters = compact.length - padding;
  if (letters % 4 === 1 || (padding > 0 && compact.length % 4 !== 0)) return undefined;
  return Buffer.from(compact, 'base64');
}

/** The same for hex. */
export function decodeHex(text: string): Buffer | undefined {
  const compact = text.replace(/\s+/g, '');
  return compact !== '' && /^(?:[0-9a-fA-F]{2})+$/.test(compact) ? Buffer.from(compact, 'hex') : undefined;
}
