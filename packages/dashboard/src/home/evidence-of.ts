import { metricInfo } from '@autodump/core/rules'
import type { ListedDump } from '../api/types.ts'

type Entry = ListedDump['artifacts'][number]

/** The files of a dump that say most about its metric first, one of each kind. */
export function evidenceOf({ metric, artifacts }: Pick<ListedDump, 'metric' | 'artifacts'>, most = 3): Entry[] {
  const leading: readonly string[] = metric === null ? [] : metricInfo(metric).leading
  const rank = ({ kind }: Entry) => (leading.includes(kind) ? leading.indexOf(kind) : leading.length)
  const kinds = new Map<string, Entry>()
  for (const one of artifacts) if (one.state === 'complete' && !kinds.has(one.kind)) kinds.set(one.kind, one)
  return [...kinds.values()].sort((a, b) => rank(a) - rank(b)).slice(0, most)
}
