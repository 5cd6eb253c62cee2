import { ask } from '../api/client.ts'
import type { Faults } from '../api/types.ts'
import { dumpsChanged } from '../state/live.ts'
import { sinceOf } from '../ui/ranges.ts'
import { useLoad } from '../ui/use-load.ts'

/** The faults of a time, loaded again whenever a dump comes or goes. */
export function useFaults(range: string, service = '') {
  const load = (signal: AbortSignal) =>
    ask<Faults>('faults', { query: { since: sinceOf(range, Date.now()), service }, signal }).then(faults => ({
      key: `${range} ${service}`,
      faults,
    }))
  const { data, error, reload } = useLoad(load, [range, service, dumpsChanged.value], { keep: true })
  return { faults: data?.faults ?? null, isStale: data !== null && data.key !== `${range} ${service}`, error, reload }
}
