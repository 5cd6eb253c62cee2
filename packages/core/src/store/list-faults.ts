import { AutodumpError } from '../lib/errors.js'
import type { Faults, FaultsQuery } from '../model/fault.js'
import type { DumpEntry, Store } from '../model/store.js'
import { type FaultyDump, faultGroupOf, groupFaults } from './fault-groups.js'

/** Marks belong to all instances, and a dump directory is of one host: buckets keep them. */
export async function marksNowhere(): Promise<never> {
  throw new AutodumpError('CONFLICT', 'marks of faults are kept in a bucket: `autodump serve --bucket … --write`')
}

/** The faults behind the dumps of a list; dumps of versions that knew none are left out. */
export async function listFaults(list: Store['list'], query: FaultsQuery): Promise<Faults> {
  const dumps: FaultyDump[] = []
  const entries = new Map<string, DumpEntry>()
  let cursor: string | undefined
  do {
    const page = await list({ limit: 1000, ...(cursor !== undefined && { cursor }) })
    for (const entry of page.dumps) {
      const { id, createdAt, fault, from } = entry
      if (!fault || !from) continue
      dumps.push({ id, at: Date.parse(createdAt), fault, from })
      entries.set(id, entry)
    }
    cursor = page.next
  } while (cursor !== undefined)
  const { faults, ...span } = groupFaults(dumps, query)
  const told = faults.map(group => faultGroupOf(group, entries.get(group.newest) as DumpEntry))
  return { ...span, faults: told, writable: false }
}
