import type { Anomaly } from '../model/anomaly.ts';
import type { ByteSource } from '../splice.ts';
import type { Tag } from './tag.ts';

/** How the bytes of a data set are laid out. */
export interface Encoding {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

/**
 * A data element as it stands in the data set (PS3.5 7.1). Offsets count from the start of the file, or from the start of
 * the inflated data set where the file is deflated.
 */
export interface DataElement {
  readonly tag: Tag;
  /** Two letters as in the file (explicit), from the dictionary (implicit), `UN` where neither knows. */
  readonly vr: string;
  /** First byte of the tag. */
  readonly start: number;
  readonly valueStart: number;
  /** End of the value; the sequence delimiter, if any, lies between it and `end`. */
  readonly valueEnd: number;
  /** First byte after the element. */
  readonly end: number;
  /** The length field read 0xFFFFFFFF. */
  readonly undefinedLength: boolean;
  /** Layout of this element's own header and value: inside a UN sequence it is implicit little endian. */
  readonly encoding: Encoding;
  /** Items of a sequence; present, though perhaps empty, when the value was read as one. */
  readonly items?: readonly Item[];
  /** Encapsulated pixel data: the fragments, the offset table first (PS3.5 A.4). */
  readonly fragments?: readonly Fragment[];
  /** Creator of the private block that the element lies in. */
  readonly creator?: string;
  /** 0 for the first element of a tag in its data set, 1 for the second... */
  readonly duplicate: number;
  /** The header was not of the data set's encoding, or its VR not of the standard: written anew where it stays. */
  readonly irregular?: true;
  /** Level of nesting: 0 in the data set itself. */
  readonly depth: number;
}

export interface Item {
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
  readonly undefinedLength: boolean;
  readonly elements: readonly DataElement[];
}

export interface Fragment {
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** A file as the tokenizer read it: every byte is in one of these ranges. */
export interface DicomFile {
  /** 128 when there is a preamble and `DICM`, else 0. */
  readonly preambleLength: number;
  readonly meta: readonly DataElement[];
  readonly dataSet: readonly DataElement[];
  /** First byte of the data set in the file. */
  readonly dataSetStart: number;
  /** First byte after the last element; what follows is trailing. Counted like the elements' offsets. */
  readonly dataSetEnd: number;
  readonly trailingLength: number;
  /** As declared, without padding; '' where the file declares none. */
  readonly declaredTransferSyntax: string;
  /** What the bytes really are: the declared one unless it is missing or contradicted. */
  readonly transferSyntax: string;
  readonly encoding: Encoding;
  /** The inflated data set of a deflated file: element offsets count in it. */
  readonly inflated?: Uint8Array;
  /** Where the offsets of `dataSet` count: the file itself, or the inflated data set. */
  readonly body: ByteSource;
  readonly anomalies: readonly Anomaly[];
}
