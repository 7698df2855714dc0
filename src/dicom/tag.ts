/** A DICOM tag as one unsigned number: group in the high 16 bits, element in the low. */
export type Tag = number & { readonly __tag: unique symbol };

/** The tag of `group` and `element`, each 0 to 0xFFFF. */
export function tagOf(group: number, element: number): Tag {
  return (group * 0x10000 + element) as Tag;
}

/** A tag from eight hex digits, with or without `(gggg,eeee)` punctuation. */
export function parseTag(text: string): Tag {
  const digits = text.replace(/[(),\s]/g, '');
  if (!/^[0-9a-fA-F]{8}$/.test(digits)) throw new TypeError(`not a tag: ${text}`);
  return Number.parseInt(digits, 16) as Tag;
}

export const groupOf = (tag: Tag): number => tag >>> 16;
export const elementOf = (tag: Tag): number => tag & 0xffff;

/** Odd groups are private (PS3.5 7.8). */
export const isPrivate = (tag: Tag): boolean => (groupOf(tag) & 1) === 1;

/** (gggg,0010-00FF) of an odd group reserves a block for a private creator (PS3.5 7.8.1). */
export const isPrivateCreator = (tag: Tag): boolean =>
  isPrivate(tag) && elementOf(tag) >= 0x10 && elementOf(tag) <= 0xff;

/** Eight hex digits, upper case. */
export const tagId = (tag: Tag): string => tag.toString(16).toUpperCase().padStart(8, '0');

/** `(gggg,eeee)`, as the standard prints it. */
export function formatTag(tag: Tag): string {
  const id = tagId(tag);
  return `(${id.slice(0, 4)},${id.slice(4)})`;
}
