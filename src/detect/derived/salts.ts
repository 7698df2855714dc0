import { createHmac, hash } from 'node:crypto';

/** What people put beside a value, or take for a key, when nobody asks for a secret. */
const SALTS =
  'salt SALT pepper secret key test phi hipaa deid anon anonymous study research 0 1 123 1234 12345 123456 abc password changeme'.split(
    ' ',
  );
const MARKS = ['', ':', '_'];

/** Texts that are hashed for a value with an obvious constant before or behind it. */
export function* saltedSpellings(value: string): Generator<string> {
  for (const salt of SALTS) {
    for (const mark of MARKS) {
      yield `${salt}${mark}${value}`;
      yield `${value}${mark}${salt}`;
    }
  }
}

/** HMACs of a value under the same constants, and digests of digests, in hex. */
export function* keyedDigests(value: string, algorithm: string): Generator<string> {
  for (const salt of SALTS) yield createHmac(algorithm, salt).update(value).digest('hex');
  const once = hash(algorithm, value, 'buffer');
  yield hash(algorithm, once);
  yield hash(algorithm, once.toString('hex'));
}
