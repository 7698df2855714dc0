/** One line of the table, with its goal where it has one. */
export interface Goal {
  readonly what: string;
  readonly value?: number;
  readonly unit: string;
  readonly of?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly under?: number;
  /** Why there is no value. */
  readonly note?: string;
}

/** A share as a value in percent, with the two numbers behind it. Nothing of nothing has no value. */
export function percent(some: number, all: number): Pick<Goal, 'value' | 'unit' | 'of'> {
  return all === 0 ? { unit: ' %' } : { value: (100 * some) / all, unit: ' %', of: `${some} of ${all}` };
}

export function isMissed({ value, atLeast, atMost, under }: Goal): boolean {
  if (value === undefined) return false;
  if (atLeast !== undefined && value < atLeast) return true;
  if (atMost !== undefined && value > atMost) return true;
  return under !== undefined && value >= under;
}

export function formatGoals(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    goal.what,
    goal.value === undefined ? 'not run' : `${goal.value.toFixed(2)}${goal.unit}`,
    goal.of ?? goal.note ?? '',
    wanted(goal),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return `${rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

function wanted(goal: Goal): string {
  const bound =
    goal.atLeast !== undefined
      ? `at least ${goal.atLeast}`
      : goal.atMost !== undefined
        ? `at most ${goal.atMost}`
        : goal.under !== undefined
          ? `under ${goal.under}`
          : '';
  if (bound === '' || goal.value === undefined) return bound;
  return isMissed(goal) ? `MISSED, ${bound}` : `ok, ${bound}`;
}
