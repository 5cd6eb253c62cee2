import type { DumpEntry, Fault, FaultMark, FaultPatch, Faults, FaultsQuery } from '@autodump/core'
import { AutodumpError } from '@autodump/core'
import { faultGroupOf, groupFaults } from '@autodump/core/control'
import type { Catalogue } from './catalogue.js'
import { type FaultMarks, isFingerprint } from './fault-marks.js'
import type { IndexTexts } from './index-texts.js'
import type { Listed } from './listed.js'

interface Parts {
  catalogue: Catalogue
  textsOf: IndexTexts
  marks: FaultMarks
  writable: boolean
}

/** The faults behind all dumps, from their keys alone; the newest dump of each tells the title. */
export function createFleetFaults({ catalogue, textsOf, marks, writable }: Parts) {
  async function faults(query: FaultsQuery): Promise<Faults> {
    const [all, marked] = await Promise.all([catalogue.all(), marks.all()])
    const dumps = all.filter(({ fingerprint }) => isFingerprint(fingerprint))
    const faultOf = sharedFaults()
    // By their keys: ids are only made for the few that are shown.
    const found = groupFaults(
      dumps.map(one => ({ id: one.key, at: one.at, from: one, fault: faultOf(one.fingerprint) })),
      query,
      marked,
    )
    const keys = new Set(found.faults.map(({ newest }) => newest))
    const byKey = new Map(dumps.flatMap(one => (keys.has(one.key) ? [[one.key, one] as const] : [])))
    const texts = await textsOf(found.faults.map(group => byKey.get(group.newest) as Listed))
    const told = found.faults.map((group, index) => faultGroupOf(group, texts[index] as DumpEntry))
    return { ...found, faults: told, writable }
  }

  async function markFault(fingerprint: string, patch: FaultPatch): Promise<FaultMark> {
    if (!writable)
      throw new AutodumpError('CONFLICT', 'the bucket is only read here: `autodump serve --write` takes marks')
    const all = await catalogue.all()
    const services = new Set(all.flatMap(one => (one.fingerprint === fingerprint ? one.service : [])))
    if (services.size === 0) throw new AutodumpError('NOT_FOUND', 'there is no such fault')
    // Oldest first.
    const versions = new Set(all.toReversed().flatMap(one => (services.has(one.service) ? one.version : [])))
    return marks.change(fingerprint, patch, [...versions])
  }

  return { faults, markFault }
}

/** One object for all dumps of a fault: there may be a hundred thousand of them. */
function sharedFaults(): (fingerprint: string) => Fault {
  const known = new Map<string, Fault>()
  return fingerprint => {
    const fault = known.get(fingerprint) ?? { fingerprint, title: '' }
    known.set(fingerprint, fault)
    return fault
  }
}
