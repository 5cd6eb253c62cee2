import { ask } from '../api/client.ts'
import type { DumpEntry, DumpPage } from '../api/types.ts'
import { dumpsChanged } from '../state/live.ts'
import { useLoad } from '../ui/use-load.ts'

const none: DumpEntry[] = []

/** More than an hour's quota of dumps: the newest, loaded again whenever one comes or goes. */
export function useRecentDumps(): readonly DumpEntry[] {
  const { data } = useLoad(signal => ask<DumpPage>('dumps', { query: { limit: 100 }, signal }), [dumpsChanged.value], {
    keep: true,
  })
  return data?.dumps ?? none
}
