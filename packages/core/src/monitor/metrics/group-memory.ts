import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { findLimitedGroups, type LimitedGroup, readWorkingSet } from '../../lib/memory-left.js'
import { identityOf } from '../../lib/process-identity.js'
import { size } from '../../lib/units.js'
import type { Finding } from '../../model/manifest.js'
import { type Family, readFamily } from './processes.js'

/** The memory of a control group and its limit, in bytes. */
export interface GroupMemory {
  /** Memory that the kernel cannot reclaim at once: the usage without caches. */
  working: number
  limit: number
}

/** `memory`: the working set of the container, with all processes in it, in percent of its limit. */
export interface GroupMemoryReader {
  /** `null` if there is no limit, or none below the memory of the machine. Never throws. */
  read(): number | null
  /** The processes that hold the memory. */
  find(): Finding[]
  /** What tells the group of the last reading from those of other containers and machines; `null` without one. */
  place(): string | null
}

/** The groups and their limits are looked up again after this many readings: they change while processes run. */
const lookUpEvery = 60

export function createGroupMemoryReader(
  root = '/',
  machine = totalmem(),
  family: () => Family = readFamily,
): GroupMemoryReader {
  let limited: LimitedGroup[] = []
  let readings = 0
  let last: (GroupMemory & { directory: string }) | null = null

  return {
    read() {
      if (readings++ % lookUpEvery === 0) limited = findLimitedGroups(root, machine)
      last = null
      // A limit binds all groups below it: the group nearest to its own limit counts.
      for (const { group, limit } of limited) {
        const working = readWorkingSet(group)
        if (working !== null && (!last || working / limit > last.working / last.limit))
          last = { working, limit, directory: group.directory }
      }
      return last && (last.working / last.limit) * 100
    },
    place() {
      // Each container sees its own group at the same path. The kernel numbers groups for the machine.
      if (!last) return null
      const { bootId, host } = identityOf()
      const name = `${bootId ?? host} ${statSync(last.directory).ino}`
      return createHash('sha256').update(name).digest('hex').slice(0, 12)
    },
    find: () => (last ? [describeMemory(last, family())] : []),
  }
}

/** Kinds of children that a sentence names. */
const mostNamed = 3

/** `240 MiB of the 300 MiB that the container may have are in use: 48 MiB by this process, 180 MiB by its children (node) …` */
export function describeMemory({ working, limit }: GroupMemory, { own, children, others }: Family): Finding {
  const sum = (bytes: number[]) => bytes.reduce((a, b) => a + b, 0)
  const byName = new Map<string, { bytes: number; count: number; pid: number }>()
  for (const { name, pid, rss } of children) {
    const known = byName.get(name)
    byName.set(name, { bytes: (known?.bytes ?? 0) + rss, count: (known?.count ?? 0) + 1, pid })
  }
  const names = [...byName].sort(([, a], [, b]) => b.bytes - a.bytes)
  const listed = names
    .slice(0, mostNamed)
    .map(([name, { bytes, count, pid }]) => `${count === 1 ? `${name} ${pid}` : `${count} × ${name}`}: ${size(bytes)}`)
  const ofChildren = sum(children.map(({ rss }) => rss))
  const rest = Math.max(0, working - own - ofChildren)
  const parts = [
    `${size(own)} by this process`,
    ...(children.length > 0 ? [`${size(ofChildren)} by its children (${listed.join(', ')})`] : []),
    `${size(rest)} by the rest`,
  ]
  return {
    kind: 'group-memory',
    text: `${size(working)} of the ${size(limit)} that the container may have are in use: ${parts.join(', ')}`,
    data: {
      working,
      limit,
      own,
      rest,
      others,
      children: names.map(([name, { bytes, count }]) => ({ name, count, bytes })).slice(0, 20),
    },
  }
}
