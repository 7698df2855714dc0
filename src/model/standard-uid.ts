/**
 * UIDs that the DICOM standard itself registers (PS3.6 Annex A, PS3.16 8): an arc of the annex, then numbers of at most four
 * digits. A UID that only borrows the root, as some software does for instances, has longer ones, and is not of the standard.
 */
const REGISTERED = /^1\.2\.840\.10008\.(?:[1-9]|15)(?:\.(?:0|[1-9]\d{0,3})){1,9}$|^1\.2\.840\.10008\.1\.1$/;

export const isRegisteredUid = (uid: string): boolean => REGISTERED.test(uid);
