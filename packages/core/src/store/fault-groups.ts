import type { Fault, FaultGroup, FaultMark, Faults, FaultsQuery } from '../model/fault.js'
import type { DumpEntry, Origin } from '../model/store.js'

/** A dump as the groups see it. */
export interface FaultyDump {
  id: string
  /** Epoch milliseconds. */
  at: number
  fault: Fault
  from: Origin
}

/** A group before somebody has read its newest dump. */
export type GroupedDumps = Omit<FaultGroup, 'headline' | 'metric' | 'rule'>

/** A group with what its newest dump tells. A dump whose texts cannot be read is named after its trigger. */
export const faultGroupOf = (
  group: GroupedDumps,
  { id, fault, headline, metric, rule }: Pick<DumpEntry, 'id' | 'fault' | 'headline' | 'metric' | 'rule'>,
): FaultGroup => ({
  ...group,
  ...{ title: fault?.title ?? `${metric ?? rule}, ${rule}`, newest: id, headline, metric, rule },
})

const parts = 24
/** Epoch milliseconds: dates end here. */
const lastMoment = 8.64e15

/**
 * Dumps of one fingerprint as one row, as error trackers do it; the fault that was seen last comes first. `dumps` are all
 * that there are: those before the time that is asked for tell which version is new.
 */
export function groupFaults(
  dumps: readonly FaultyDump[],
  { since = 0, until = Number.POSITIVE_INFINITY, service }: FaultsQuery = {},
  marks: ReadonlyMap<string, FaultMark> = new Map(),
): Pick<Faults, 'from' | 'to'> & { faults: GroupedDumps[] } {
  const byTime = dumps.filter(({ from }) => service === undefined || from.service === service)
  byTime.sort((a, b) => a.at - b.at)
  const firstVersions = firstVersionsIn(byTime)
  const groups = new Map<string, FaultyDump[]>()
  for (const dump of byTime) {
    const known = groups.get(dump.fault.fingerprint)
    if (known) known.push(dump)
    else groups.set(dump.fault.fingerprint, [dump])
  }
  const isShown = ({ at }: FaultyDump) => at >= since && at < until
  const shown = byTime.filter(isShown)
  const from = since || (shown[0]?.at ?? 0)
  const to = until <= lastMoment ? until : (shown.at(-1)?.at ?? 0)
  const faults = [...groups.values()].flatMap((all): GroupedDumps[] => {
    const group = all.filter(isShown)
    const newest = group.at(-1)
    if (!newest) return []
    const [first] = all as [FaultyDump]
    const mark = marks.get(newest.fault.fingerprint)
    const isNew = first.from.version !== '' && first.from.version !== firstVersions.get(first.from.service)
    return [
      {
        ...newest.fault,
        count: group.length,
        firstAt: new Date((group[0] as FaultyDump).at).toISOString(),
        lastAt: new Date(newest.at).toISOString(),
        services: different(group, 'service'),
        versions: different(group, 'version'),
        ...(isNew && { newSince: first.from.version }),
        instances: new Set(group.map(({ from }) => `${from.service}\0${from.instance}`)).size,
        newest: newest.id,
        chart: chartOf(group, from, to),
        state: stateOf(all, mark),
        note: mark?.note ?? '',
      },
    ]
  })
  faults.sort((a, b) => (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : 0))
  const moment = (at: number) => (shown.length === 0 ? null : new Date(at).toISOString())
  return { faults, from: moment(from), to: moment(to) }
}

/** The version of each service that its first dump is of. */
function firstVersionsIn(byTime: readonly FaultyDump[]): Map<string, string> {
  const versions = new Map<string, string>()
  for (const { from } of byTime)
    if (from.version !== '' && !versions.has(from.service)) versions.set(from.service, from.version)
  return versions
}

const different = (group: FaultyDump[], name: keyof Origin) => [
  ...new Set(group.map(({ from }) => from[name]).filter(Boolean)),
]

function chartOf(group: FaultyDump[], from: number, to: number): number[] {
  const chart = new Array<number>(parts).fill(0)
  for (const { at } of group) {
    const part = to <= from ? parts - 1 : Math.min(parts - 1, Math.floor(((at - from) / (to - from)) * parts))
    chart[part] = (chart[part] as number) + 1
  }
  return chart
}

/** Instances of the old version may show a resolved fault for a while, so that opens nothing. */
function stateOf(group: FaultyDump[], mark: FaultMark | undefined): FaultGroup['state'] {
  if (mark?.state !== 'resolved') return mark?.state ?? 'open'
  const resolvedAt = Date.parse(mark.at)
  const isBack = group.some(({ at, from }) => at > resolvedAt && !mark.versions.includes(from.version))
  return isBack ? 'reopened' : 'resolved'
}
