import type { FaultMark, FaultPatch, Faults, FaultsQuery } from '@autodump/core'
import { AutodumpError } from '@autodump/core'
import { groupFaults } from '@autodump/core/control'
import type { Catalogue, Listed } from './catalogue.js'
import type { FaultMarks } from './fault-marks.js'
import { fleetId } from './fleet-id.js'
import type { IndexTexts } from './index-texts.js'

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
    const byId = new Map(dumps.map(one => [fleetId(one), one]))
    const found = groupFaults(
      [...byId].map(([id, one]) => ({
        ...{ id, at: one.at, from: one },
        fault: { fingerprint: one.fingerprint, title: `${one.metric}, ${one.rule}` },
      })),
      query,
      marked,
    )
    const texts = await textsOf(found.faults.map(({ newest }) => byId.get(newest) as Listed))
    const titled = found.faults.map((group, index) => ({ ...group, title: texts[index]?.fault?.title ?? group.title }))
    return { ...found, faults: titled, writable }
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

const isFingerprint = (text: string) => /^[0-9a-f]{12}$/.test(text)
