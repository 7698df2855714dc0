import type { ErrorCode } from '../errors.ts';
import type { HipaaCategory } from '../model/category.ts';

/** Part of a document, as its reader comes to it. Readers yield one at a time, so that memory stays bounded. */
export type DocumentPart = DocumentText | DocumentBytes | DocumentPicture | InnerDocument | UnreadPart;

/** A stretch of text. */
export interface DocumentText {
  readonly kind: 'text';
  readonly text: string;
  /** Within the document: `page 3`, `metadata`, `text`. Never a value of the document, nor a name that it gives. */
  readonly locus: string;
  /** Words of the container: context for cued rules, no output. */
  readonly label?: string;
  /** The container itself says which identifier stands here. */
  readonly typed?: HipaaCategory;
  /** Names the program that wrote the document: its version is no address and no date. */
  readonly software?: boolean;
  /**
   * Where the text was put together: its pieces in order, each with its offset in what `locus` names, in code points. Absent
   * where the text is all of it.
   */
  readonly pieces?: readonly { readonly text: string; readonly at: number }[];
}

/** Bytes that are no text as a whole: what prints in them is searched. */
export interface DocumentBytes {
  readonly kind: 'bytes';
  readonly locus: string;
  readonly bytes: Uint8Array;
}

/** A picture to be looked at: a page that was rendered, or a page of a picture file. Rows from the top, samples interleaved. */
export interface DocumentPicture {
  readonly kind: 'picture';
  readonly locus: string;
  /** 1-based page of the document. */
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** 16: two bytes a sample, little endian. */
  readonly bits: 8 | 16;
  readonly data: Uint8Array;
}

/** A file within a file: an attachment, a picture, a payload in base64. */
export interface InnerDocument {
  readonly kind: 'document';
  readonly locus: string;
  readonly bytes: Uint8Array;
  /** What the outer document calls it. The bytes decide where they have a mark of their own. */
  readonly mediaType?: string;
}

/** Something in the document that nobody has read: the document is not clean, whatever else was found in it. */
export interface UnreadPart {
  readonly kind: 'unread';
  readonly locus: string;
  /** Absent where nothing here can read such a thing. */
  readonly code?: ErrorCode;
  /** Value-free, and the same for all of its kind. */
  readonly why: string;
}

/** What reading one document may cost. Beyond a limit it ends in a PhiGateError `too-large`. */
export interface DocumentLimits {
  /** Bytes of the document, and of all that is unpacked from it. */
  readonly documentBytes: number;
  readonly documentPages: number;
  readonly documentSeconds: number;
  /** Pixels of one page or picture. */
  readonly framePixels: number;
}
