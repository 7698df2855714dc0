/** The library: the same `run` and `scan` as the command line uses. */
export { type ErrorCode, PhiGateError } from './errors.ts';
export { CATEGORIES, type HipaaCategory } from './model/category.ts';
export type { Finding, Tier } from './model/finding.ts';
export type { RunResult } from './model/result.ts';
export type { RunEvents, RunOptions, ScanOptions } from './run/options.ts';
export { type RunOutcome, run } from './run/run.ts';
export { type ScanOutcome, scan } from './run/scan.ts';
