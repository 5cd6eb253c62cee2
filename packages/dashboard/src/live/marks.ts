import type { DumpEntry } from '../api/types.ts'
import type { Span } from './window.ts'

/** A dump on the time line. */
export interface Mark {
  id: string
  /** Epoch milliseconds. */
  at: number
  metric: string | null
  rule: string
  summary: string
}

/** `20261124T013512123Z-<pid>-<metric>-<rule>`: which process a dump is of. */
const pidOf = (id: string) => Number(id.split('-')[1])

/** The dumps that a process made within the span, oldest first. Those of others that share the directory are left out. */
export function marksOf(dumps: readonly DumpEntry[], pid: number | undefined, { from, to }: Span): Mark[] {
  return dumps
    .map(({ id, createdAt, metric, rule, summary, reason }) => ({
      id,
      at: Date.parse(createdAt),
      metric,
      rule,
      summary: summary || reason,
    }))
    .filter(({ id, at }) => (pid === undefined || pidOf(id) === pid) && at >= from && at <= to)
    .sort((a, b) => a.at - b.at)
}

/** Marks too close to be told apart (or hit with a thumb) as one group, oldest first. @param apart milliseconds */
export function groupsOf(marks: readonly Mark[], apart: number): [Mark, ...Mark[]][] {
  const groups: [Mark, ...Mark[]][] = []
  for (const mark of marks) {
    const last = groups.at(-1)
    if (last && mark.at - last[0].at < apart) last.push(mark)
    else groups.push([mark])
  }
  return groups
}

/** Where a moment lies in the span, from 0 to 1. */
export const placeOf = (at: number, { from, to }: Span): number => Math.min(1, Math.max(0, (at - from) / (to - from)))
