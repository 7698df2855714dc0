/** Droppings of operating systems. They are nobody's data, yet may hold names and thumbnails: `scan` reads them. */
const IGNORED =
  /^(?:\.ds_store|thumbs\.db|ehthumbs\.db|ehthumbs_vista\.db|desktop\.ini|\._.+|\.directory|\.localized)$/i;

/** Whether `run` leaves a file of this base name out, as long as its content is no DICOM or HL7. */
export function isIgnoredName(name: string): boolean {
  return IGNORED.test(name);
}
