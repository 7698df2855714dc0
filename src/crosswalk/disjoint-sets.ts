/** Union-find over named nodes. */
export class DisjointSets {
  readonly #parent = new Map<string, string>();

  add(node: string): void {
    if (!this.#parent.has(node)) this.#parent.set(node, node);
  }

  /** The node that stands for the set of `node`, which is added where it is new. */
  find(node: string): string {
    this.add(node);
    let root = node;
    for (
      let next = this.#parent.get(root);
      next !== undefined && next !== root;
      next = this.#parent.get(root)
    ) {
      root = next;
    }
    for (let at = node; at !== root; ) {
      const next = this.#parent.get(at) ?? root;
      this.#parent.set(at, root);
      at = next;
    }
    return root;
  }

  /** @returns whether they were apart before. */
  union(a: string, b: string): boolean {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA === rootB) return false;
    this.#parent.set(rootB, rootA);
    return true;
  }

  /** Every set, its nodes in the order they were added. */
  sets(): string[][] {
    const sets = new Map<string, string[]>();
    for (const node of this.#parent.keys()) {
      const root = this.find(node);
      const set = sets.get(root);
      if (set) set.push(node);
      else sets.set(root, [node]);
    }
    return [...sets.values()];
  }
}
