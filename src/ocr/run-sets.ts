import type { Component } from './components.ts';

/** Numbers kept for each run, and for each set in the place of its root. */
const FIELDS = 9;
const [START, END, LEFT, RIGHT, TOP, BOTTOM, AREA, SUM, RUNS] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Runs that there is room for from the start. */
const SMALLEST = 4096;
/** Room that is not given back after a picture; 44 bytes a run. */
const MOST_KEPT = 1 << 19;

/**
 * Runs of pixels and the connected sets that they make: union-find with the extent of each set. All numbers of a run lie side
 * by side in one array that grows, for pictures have hundreds of thousands of runs.
 */
export class RunSets {
  #fields = new Int32Array(FIELDS * SMALLEST);
  #parent = new Int32Array(SMALLEST);
  #edges = new Float32Array(SMALLEST);
  #count = 0;
  /** First run of this row, and the first of the row above that may still touch. */
  #first = 0;
  #above = 0;

  /** Begins anew, in the memory that is there: the next picture has about as many runs as the last. */
  reset(): this {
    if (this.#parent.length > MOST_KEPT) {
      this.#fields = new Int32Array(FIELDS * SMALLEST);
      this.#parent = new Int32Array(SMALLEST);
      this.#edges = new Float32Array(SMALLEST);
    }
    this.#count = 0;
    this.#first = 0;
    this.#above = 0;
    return this;
  }

  get count(): number {
    return this.#count;
  }

  /** Runs that are added from now on lie in the row below. */
  nextRow(): void {
    this.#above = this.#first;
    this.#first = this.#count;
  }

  /** A run, joined with those of the row above that it touches. Runs come from left to right; `edges` is the mean step at its ends. */
  add(start: number, end: number, y: number, sum: number, edges: number): void {
    if (this.#count === this.#parent.length) this.#grow();
    const label = this.#count++;
    const fields = this.#fields;
    const at = label * FIELDS;
    fields[at + START] = start;
    fields[at + END] = end;
    fields[at + LEFT] = start;
    fields[at + RIGHT] = end;
    fields[at + TOP] = y;
    fields[at + BOTTOM] = y;
    fields[at + AREA] = end - start + 1;
    fields[at + SUM] = sum;
    fields[at + RUNS] = 1;
    this.#edges[label] = edges;
    this.#parent[label] = label;
    const first = this.#first;
    while (this.#above < first && (fields[this.#above * FIELDS + END] as number) < start - 1) this.#above++;
    for (let i = this.#above; i < first && (fields[i * FIELDS + START] as number) <= end + 1; i++)
      this.#join(i, label);
  }

  #grow(): void {
    const size = this.#parent.length * 2;
    const grown = <T extends Int32Array | Float32Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#fields = grown(new Int32Array(size * FIELDS), this.#fields);
    this.#parent = grown(new Int32Array(size), this.#parent);
    this.#edges = grown(new Float32Array(size), this.#edges);
  }

  #find(label: number): number {
    const parent = this.#parent;
    let root = label;
    while ((parent[root] as number) !== root) root = parent[root] as number;
    for (let at = label; at !== root; ) {
      const up = parent[at] as number;
      parent[at] = root;
      at = up;
    }
    return root;
  }

  #join(a: number, b: number): void {
    const keep = this.#find(a);
    const gone = this.#find(b);
    if (keep === gone) return;
    this.#parent[gone] = keep;
    const fields = this.#fields;
    const [k, g] = [keep * FIELDS, gone * FIELDS];
    if ((fields[g + LEFT] as number) < (fields[k + LEFT] as number))
      fields[k + LEFT] = fields[g + LEFT] as number;
    if ((fields[g + RIGHT] as number) > (fields[k + RIGHT] as number))
      fields[k + RIGHT] = fields[g + RIGHT] as number;
    if ((fields[g + TOP] as number) < (fields[k + TOP] as number))
      fields[k + TOP] = fields[g + TOP] as number;
    if ((fields[g + BOTTOM] as number) > (fields[k + BOTTOM] as number))
      fields[k + BOTTOM] = fields[g + BOTTOM] as number;
    fields[k + AREA] = (fields[k + AREA] as number) + (fields[g + AREA] as number);
    fields[k + SUM] = (fields[k + SUM] as number) + (fields[g + SUM] as number);
    fields[k + RUNS] = (fields[k + RUNS] as number) + (fields[g + RUNS] as number);
    this.#edges[keep] = (this.#edges[keep] as number) + (this.#edges[gone] as number);
  }

  /** Tells the extent of each set, and takes it as a component where `wanted` says so. */
  components(
    wanted: (x: number, y: number, width: number, height: number, area: number) => boolean,
  ): Component[] {
    const found: Component[] = [];
    const fields = this.#fields;
    for (let i = 0; i < this.#count; i++) {
      if (this.#parent[i] !== i) continue;
      const at = i * FIELDS;
      const x = fields[at + LEFT] as number;
      const y = fields[at + TOP] as number;
      const width = (fields[at + RIGHT] as number) - x + 1;
      const height = (fields[at + BOTTOM] as number) - y + 1;
      const area = fields[at + AREA] as number;
      if (!wanted(x, y, width, height, area)) continue;
      const runs = fields[at + RUNS] as number;
      const level = (fields[at + SUM] as number) / area;
      found.push({ x, y, width, height, area, level, edge: (this.#edges[i] as number) / runs, runs });
    }
    return found;
  }
}
