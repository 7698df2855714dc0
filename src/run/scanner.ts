import { randomBytes } from 'node:crypto';
import { fileNamePassages } from '../audit/text.ts';
import type { Detector } from '../detect/detector.ts';
import { PhiGateError } from '../errors.ts';
import { type Found, printableName } from '../input/walk.ts';
import type { Finding } from '../model/finding.ts';
import type { Passage } from '../model/passage.ts';
import type { Limits } from '../project/schema.ts';
import { countAccepted } from './accepted.ts';
import type { HeadVolumes } from './head-volumes.ts';
import { reasonOf } from './inventory.ts';
import { PassageSearch } from './passage-search.ts';
import type { EndedSource } from './result.ts';
import { statusOf } from './scan-content.ts';
import type { ScannedPersons } from './scan-population.ts';
import { ScanReaders } from './scan-readers.ts';
import type { AuditTools } from './tools.ts';

/** A file of a scan; `shown` is its path with the parts masked that identify. */
export type ScannedSource = EndedSource & { readonly shown: string };

/** Searches the files of a scan one by one, whatever they are. */
export class Scanner {
  readonly #tools: AuditTools;
  readonly #readers: ScanReaders;
  readonly #scanned: ScannedPersons[];
  /** Paths by the ids of their sources, and the parts of any of them that identify. */
  readonly #names = new Map<string, string>();
  readonly #masked = new Set<string>();

  constructor(tools: AuditTools, limits: Limits, headVolumes: HeadVolumes, scanned: ScannedPersons[]) {
    this.#tools = tools;
    this.#readers = new ScanReaders(tools, limits, headVolumes);
    this.#scanned = scanned;
  }

  async scan(file: Found): Promise<{ source: ScannedSource; found: readonly Finding[] }> {
    const id = randomBytes(8).toString('hex');
    const name = printableName(file.relative);
    this.#names.set(id, name);
    const shown = this.#shownName(name, this.#tools.detectors([]));
    const search = new PassageSearch(this.#tools, [], { sourceId: id, output: shown }, 'unknown');
    const searchName = () => {
      for (const passage of fileNamePassages(name, 'unknown')) search.passage(passage);
    };
    const base = { id, shown, bytesIn: file.kind === 'file' ? file.size : 0, bytesOut: 0 };
    if (file.kind === 'problem') {
      searchName();
      return {
        source: {
          ...base,
          format: 'unknown',
          status: file.status,
          reason: file.reason,
          explain: file.error.message,
        },
        found: findingsOf(search),
      };
    }
    try {
      searchName();
      const { format, frames, reason, explain, anomalies, persons } = await this.#readers.content(
        file,
        search,
      );
      const { places, accepted } = search.result();
      const { shown, findings } = this.#inFile(name, search);
      if (persons !== undefined) this.#scanned.push({ sourceId: id, file: shown, format, persons });
      const found = findings.map((finding) => ({ ...finding, format }));
      const status = statusOf(reason, found, frames);
      return {
        source: {
          ...base,
          shown,
          format,
          ...status,
          ...(explain !== '' && { explain }),
          places,
          frames,
          anomalies,
          accepted: countAccepted(accepted),
        },
        found,
      };
    } catch (error) {
      const { reason, explain } = reasonOf(error);
      const { shown, findings } = this.#inFile(name, search);
      return {
        source: { ...base, shown, format: 'unknown', status: 'quarantined', reason, explain },
        found: findings,
      };
    }
  }

  /** What was found, by the path as it may be shown: a name in it may be one of the file's own, which reading alone shows. */
  #inFile(name: string, search: PassageSearch): { shown: string; findings: readonly Finding[] } {
    const found = findingsOf(search);
    const shown = this.#shownName(name, [...this.#tools.detectors([]), search.linker]);
    return { shown, findings: found.map((finding) => ({ ...finding, file: shown })) };
  }

  /** The relative path with every part masked that is itself a finding. */
  #shownName(name: string, detectors: readonly Detector[]): string {
    for (const part of name.split('/')) {
      const passages = fileNamePassages(part, 'unknown');
      if (passages.some((passage) => detectors.some((detector) => identifies(detector, passage))))
        this.#masked.add(part);
    }
    return this.#shown(name);
  }

  #shown(name: string): string {
    return name
      .split('/')
      .map((part) => (this.#masked.has(part) ? '••••••••' : part))
      .join('/');
  }

  /** Paths as they may be shown, by source: a folder that identifies by what one of its files says does so for all of them. */
  shownPaths(): ReadonlyMap<string, string> {
    return new Map([...this.#names].map(([id, name]) => [id, this.#shown(name)]));
  }
}

/** Whether a detector finds anything, or could not look: then nobody knows. */
function identifies(detector: Detector, passage: Passage): boolean {
  try {
    return detector.detect(passage).length > 0;
  } catch (error) {
    if (error instanceof PhiGateError) return true;
    throw error;
  }
}

const findingsOf = (search: PassageSearch): Finding[] =>
  search.result().findings.map(({ finding }) => finding);
