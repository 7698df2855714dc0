import { isFirstName, isInstrument, isPlaceName, isProduct, isTerm, surnameRank } from '../words.ts';
import { isCapital } from './backing.ts';
import { fold, type Token } from './fold.ts';

/** So frequent that somebody of another given name is probably no relative. */
const FREQUENT = 2000;

const IN_PLACE =
  /(?:(?<!\p{L})(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|(?:is|was|came?|comes|coming|originally|moved|travel+ed|native) from|[Mm]oved to|[Uu]niversity of|[Cc]ity of|[Ss]tate of|[Cc]ounty of|New|North|South|East|West|Fort|Ft\.|Mount|Mt\.|Lake|Port|San|Saint|St\.)|, )\s{1,2}$/u;
const PLACE_AFTER =
  /^(?:,? (?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])(?!\p{L})| (?:University|County|City|College|State|Airport|Beach|Heights|Hills)(?!\p{L}))/u;
const FIRM_AFTER =
  /^(?:-\p{Lu}\p{L}+)?(?:,? (?:\p{Lu}\p{L}+ ){0,2}(?:Medical|Healthcare|Surgical|Scientific|Orthopa?edics?|Pharmaceuticals?|Pharma|Laborator(?:y|ies)|Biomedical|Biomet|Inc|Corp|Ltd|GmbH|Hospitals?|Clinic|Group|Associates|Memorial|Center|School|Church|University|College)(?!\p{L})(?! [Rr]ecord| [Hh]istory)| ?& ?\p{Lu})/u;
/** Parts of the body that are somebody's by name: `knot of Henry`. */
const BODY_OF =
  /(?<!\p{L})(?:angle|arcade|artery|band|bundle|canal|circle|crypts?|duct|fascia|foramen|glands?|islets?|islands?|knot|ligament|line|loop|nerve|node|plane|pouch|sign|space|sphincter|tendon|triad|triangle|tubercle|vein|zone) of $/u;
/** Nobody is `a Heaney`, `a straight Heaney` or `18-French Robinson`. */
const ARTICLE =
  /(?<![\p{L}\p{N}|])[Aa]n? (?:\p{Ll}+ )?(?:#?\d[\d-]* )?$|\d[- ]?(?:French|Fr\.?|mm|cm|gauge|inch) $/u;
/** What stands between a name and its instrument: sizes and parts of the body. */
const BETWEEN =
  '(?:[- ]{1,2}(?:\\d[\\d.]*(?:[- ]?(?:mm|cm|Fr|French|hole|gauge|inch))?|#\\d+|[a-z]+al|[a-z]+ic|[a-z]+ar|[a-z]+ing|hemodialysis|mouth|knee|hip|bone|tissue|chest|feeding|long|short|curved|straight|double|single|self|sharp|blunt|right|left|small|large)){0,3}';
const INSTRUMENT_AFTER = new RegExp(
  `^(?:['’]s|s['’])?(?:[-–/ ]\\p{Lu}\\p{L}{1,15})?${BETWEEN}[-– ]{1,2}(?:and [A-Z][\\p{L}-]+ )?(\\p{L}{3,16})(?!\\p{L})`,
  'u',
);

/** What is known of a name that stands here, and of names beside it. */
export interface Acquaintance {
  /** Whose part the name is: of one known person the family name, of another perhaps the given one. */
  readonly family: boolean;
  readonly given: boolean;
  /** Whether a key is a known person's whole name. */
  isWhole(key: string): boolean;
}

/**
 * Whether a single known name belongs to something else here: to an instrument, a firm, a place, or to a person of another
 * given or family name. A title or a label before it is not looked at: with one, only `isOtherPerson` asks.
 */
export function isOtherBearer(
  key: string,
  text: string,
  runs: readonly Token[],
  known: Acquaintance,
): boolean {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined || !isCapital(text, first.start)) return false;
  const before = text.slice(Math.max(0, first.start - 32), first.start);
  const after = text.slice(last.end, last.end + 64);
  if (isInstrumentAfter(after)) return true;
  if (FIRM_AFTER.test(after)) return true;
  if (isProduct(key) && isAmongProducts(before, after)) return true;
  if (isPlaceName(key) && (IN_PLACE.test(before) || PLACE_AFTER.test(after))) return true;
  if (BODY_OF.test(before) || ARTICLE.test(before)) return true;
  if (isHyphenated(text, first.start, last.end, known)) return true;
  const previous = nameBefore(before);
  if (previous === key || nameAfter(after) === key) return true;
  return isOtherGiven(key, previous, known) || isOtherPerson(key, text, runs, known);
}

/** Whether another family name stands behind a given one: whatever is before it, somebody else is meant. */
export function isOtherPerson(
  key: string,
  text: string,
  runs: readonly Token[],
  known: Acquaintance,
): boolean {
  const end = runs.at(-1)?.end ?? 0;
  const next = nameAfter(text.slice(end, end + 64));
  return (known.given || (known.family && isFirstName(key))) && isOtherFamily(key, next, known);
}

/** Whether a name is that of who wrote of something: `Rowland, et al`. */
export const isAuthor = (text: string, runs: readonly Pick<Token, 'end'>[]): boolean => {
  const end = runs.at(-1)?.end ?? 0;
  return /^,? et al(?!\p{L})/u.test(text.slice(end, end + 8));
};

/** Whether a text begins with the instrument that has the name before it: ` 8-mm tibial plate`. */
export function isInstrumentAfter(after: string): boolean {
  const word = INSTRUMENT_AFTER.exec(after)?.[1];
  return word !== undefined && [word, word.replace(/s$/, '')].some((each) => isInstrument(fold(each)));
}

const nameAfter = (after: string): string | undefined => {
  const word = /^ {1,2}(?:\p{Lu}\. )?(\p{Lu}\p{Ll}{2,}(?:-\p{Lu}\p{Ll}+)?)(?![\p{L}])/u.exec(after)?.[1];
  return word === undefined ? undefined : fold(word);
};

const nameBefore = (before: string): string | undefined => {
  const word = /(?<![\p{L}-])(\p{Lu}\p{Ll}{1,})(?: \p{Lu}\.)? {1,2}$/u.exec(before)?.[1];
  return word === undefined ? undefined : fold(word);
};

/** `Compazine and Allegra`: a trade name beside another in a list of them. */
function isAmongProducts(before: string, after: string): boolean {
  const words = [
    /(?<!\p{L})(\p{L}{1,40})(?:,? and|,? or|,) $/u.exec(before)?.[1],
    /^(?:,? and|,? or|,) (\p{L}+)/u.exec(after)?.[1],
  ];
  return words.some((word) => word !== undefined && isProduct(fold(word)));
}

/** `Mary Hotchkinson`, where no known Mary is called so. */
function isOtherFamily(given: string, family: string | undefined, known: Acquaintance): boolean {
  if (family === undefined || known.isWhole(given + family)) return false;
  return !family.split('-').some((half) => isTerm(half) || known.isWhole(given + half));
}

/** `Hill-Sachs`, `Carter-Thomason`: a double name that is nobody's known, with no given name beside it. */
function isHyphenated(text: string, start: number, end: number, known: Acquaintance): boolean {
  const head = /(?<![\p{L}'’-])((?:O['’])?\p{Lu}\p{Ll}+)-(?:O['’])?$/u.exec(
    text.slice(Math.max(0, start - 24), start),
  );
  const tail = /^-(?:O['’])?(\p{Lu}\p{Ll}+)(?![\p{L}-])/u.exec(text.slice(end, end + 24));
  const other = head?.[1] ?? tail?.[1];
  if (other === undefined) return false;
  const name = fold(text.slice(start, end));
  if (known.isWhole(name + fold(other)) || known.isWhole(fold(other) + name)) return false;
  const [from, to] = [start - (head?.[0].length ?? 0), end + (tail?.[0].length ?? 0)];
  const isNamed = /(?:\p{Lu}\p{Ll}+|\p{Lu}\.),? {1,2}$/u.test(text.slice(Math.max(0, from - 24), from));
  return !isNamed && !/^(?:,? {1,2}|\^)\p{Lu}/u.test(text.slice(to, to + 4));
}

/** `John Houston`, where the known Houstons have other given names and are many, or have it for a given name. */
function isOtherGiven(family: string, given: string | undefined, known: Acquaintance): boolean {
  if (given === undefined || !isFirstName(given)) return false;
  return (
    (known.given || known.family) &&
    (!known.family || surnameRank(family) < FREQUENT) &&
    !known.isWhole(given + family)
  );
}
