import type { FaultGroup } from '@autodump/core'
import { groupFaults } from '@autodump/core/control'
import type { Catalogue, Listed } from './catalogue.js'
import { fleetId } from './fleet-id.js'
import type { IndexTexts } from './index-texts.js'

/** The faults behind all dumps, from their keys alone; the newest dump of each tells the title. */
export async function listFaults(catalogue: Catalogue, textsOf: IndexTexts): Promise<FaultGroup[]> {
  const dumps = (await catalogue.all()).filter(({ fingerprint }) => /^[0-9a-f]{12}$/.test(fingerprint))
  const groups = groupFaults(
    dumps.map(one => ({
      id: fleetId(one),
      at: one.at,
      fault: { fingerprint: one.fingerprint, title: `${one.metric}, ${one.rule}` },
      from: one,
    })),
  )
  const byId = new Map(dumps.map(one => [fleetId(one), one]))
  const newest = groups.map(group => byId.get(group.newest) as Listed)
  const texts = await textsOf(newest)
  return groups.map((group, index) => ({ ...group, title: texts[index]?.fault?.title ?? group.title }))
}
