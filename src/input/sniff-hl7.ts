import { isText, peekText } from './sniff-text.ts';

/** MSH, FHS and BHS begin with their separators: one that is no letter, digit or space (HL7 v2 chapter 2.5.4). */
const HEADER = /^(?:MSH|FHS|BHS)[^\w\s]/;
/**
 * A header with its encoding characters on a later line, and a segment with the same separator after it: a log line or a
 * note may stand before the first message. A document that quotes a header is a document.
 */
const LATER_HEADER =
  /[\r\n][ \t\x0b]*(?:MSH|FHS|BHS)([^\w\s])[^\w\s]{1,5}\1[^\r\n]*[\r\n]+[ \t]*[A-Z][A-Z0-9]{2}\1/;
/** A block in the middle of a capture, whatever stands before it. */
const FRAMED = /\x0b(?:MSH|FHS|BHS)[^\w\s]/;
/** Segments that a file may begin with when its header got lost (HL7 v2 appendix A). */
const SEGMENT =
  /^(?:ABS|ACC|ADD|AFF|AI[GLPS]|AL1|APR|ARQ|AUT|BLG|BPO|BTX|BTS|CDM|CER|CM[012]|CON|CSP|CSR|CSS|CT[DI]|DB1|DG1|DRG|DSC|DSP|ECD|ECR|EDU|EQ[LPU]|ERQ|ERR|EVN|FAC|FT1|FTS|GOL|GP1|GP2|GT1|IAM|IN[123]|INV|IPC|ISD|LAN|LCC|LCH|LDP|LOC|LRL|MF[AEI]|MRG|MSA|NCK|NDS|NK1|NPU|NSC|NST|NTE|OBR|OBX|ODS|ODT|OM[1-7]|ORC|ORG|PC[ER]|PD1|PDA|PDC|PEO|PES|PID|PR[ABCDT]|PR1|PRB|PRC|PRD|PSH|PTH|PV[12]|QAK|QID|QPD|QR[DFI]|RCP|RDF|RDT|RGS|RMI|ROL|RQ[1D]|RX[ACDEGORV]|SAC|SCH|SFT|SID|SPM|SPR|STF|TC[CD]|TQ[12]|TXA|UAC|UB[12]|UR[DS]|VAR|VTQ|Z[A-Z0-9]{2})(.)/;

/**
 * `hl7` where bytes are HL7 v2 in its `|^~\&` form: after a byte-order mark, blank lines or an MLLP block start, with
 * FHS or BHS, with any separators, lines of a log before them or not; without a header where the first lines are segments.
 */
export function sniffHl7(head: Uint8Array): 'hl7' | undefined {
  // A byte-order mark, an MLLP start, white space or a letter: anything else begins no message.
  if (!isText(head) && !hasFrame(head)) return undefined;
  const text = peekText(head).replace(/^[\s\x0b\x1c\uFEFF]+/, '');
  if (HEADER.test(text) || FRAMED.test(text) || LATER_HEADER.test(text)) return 'hl7';
  return startsWithSegments(text) ? 'hl7' : undefined;
}

/** A message whose text holds binary bytes is still a message. */
function hasFrame(head: Uint8Array): boolean {
  const text = peekText(head.subarray(0, 64)).replace(/^[\s\x0b\x1c]+/, '');
  return HEADER.test(text);
}

function startsWithSegments(text: string): boolean {
  const lines = text.split(/[\r\n]+/, 2);
  const separators = lines.map((line) => SEGMENT.exec(line)?.[1]);
  const [first, second] = separators;
  if (first === undefined || /[\w\s,;:.'"]/.test(first)) return false;
  const fields = (lines[0] ?? '').split(first).length - 1;
  return second === first || (lines[1] ?? '') === '' ? fields >= 2 : false;
}
