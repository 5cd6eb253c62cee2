import type { Fault, FaultGroup } from '../model/fault.js'
import type { Origin } from '../model/store.js'

/** A dump as the groups see it. */
export interface FaultyDump {
  id: string
  /** Epoch milliseconds. */
  at: number
  fault: Fault
  from: Origin
}

const parts = 24

/** Dumps of one fingerprint as one row, as error trackers do it; the fault that was seen last comes first. */
export function groupFaults(dumps: readonly FaultyDump[]): FaultGroup[] {
  const byTime = [...dumps].sort((a, b) => a.at - b.at)
  const [first, last] = [byTime[0]?.at ?? 0, byTime.at(-1)?.at ?? 0]
  const groups = new Map<string, FaultyDump[]>()
  for (const dump of byTime) {
    const known = groups.get(dump.fault.fingerprint)
    if (known) known.push(dump)
    else groups.set(dump.fault.fingerprint, [dump])
  }
  return [...groups.values()]
    .map(group => {
      const newest = group.at(-1) as FaultyDump
      const different = (name: keyof Origin) => [...new Set(group.map(({ from }) => from[name]).filter(Boolean))]
      const chart = new Array<number>(parts).fill(0)
      for (const { at } of group) {
        const part =
          last === first ? parts - 1 : Math.min(parts - 1, Math.floor(((at - first) / (last - first)) * parts))
        chart[part] = (chart[part] as number) + 1
      }
      return {
        ...newest.fault,
        count: group.length,
        firstAt: new Date((group[0] as FaultyDump).at).toISOString(),
        lastAt: new Date(newest.at).toISOString(),
        services: different('service'),
        versions: different('version'),
        instances: new Set(group.map(({ from }) => JSON.stringify([from.service, from.instance]))).size,
        newest: newest.id,
        chart,
      }
    })
    .sort((a, b) => (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : 0))
}
