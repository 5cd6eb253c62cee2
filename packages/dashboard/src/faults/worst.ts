import type { ListedDump } from '../api/types.ts'

/** The dump whose value passed its line by most, the newer one of two; `undefined` where no line was crossed. */
export function worstOf<T extends Pick<ListedDump, 'severity'>>(newestFirst: readonly T[]): T | undefined {
  let worst: T | undefined
  for (const dump of newestFirst) if ((dump.severity ?? 0) > (worst?.severity ?? 0)) worst = dump
  return worst
}
