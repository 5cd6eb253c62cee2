import { hostname } from 'node:os'
import { createNoted } from '../../link/shared-note.js'
import type { Manifest } from '../../model/manifest.js'
import { describeRequests } from '../captures/requests.js'
import type { ServiceContext } from '../service.js'
import type { EarlyParts } from './early.js'

/** Milliseconds of samples in a first manifest. */
const shownBefore = 60_000

/** Describes this process for a first manifest, without asking the app thread. */
export function describer(api: ServiceContext['api'], data: ServiceContext['data']): EarlyParts['describe'] {
  const { labels, links } = data.options
  const noted = data.blackBox ? createNoted(data.blackBox.note) : () => null
  return async () => {
    const note = noted()
    return {
      process: {
        ...{ pid: process.pid, host: hostname(), node: process.version, v8: process.versions.v8 },
        ...{ uptime: Math.round(process.uptime()), labels, limits: { ...data.limits } },
      },
      samples: JSON.parse(await api.samplesJson(Date.now() - shownBefore)) as Manifest['samples'],
      requests: note && JSON.stringify(describeRequests(note.table, note.at, links), null, 2),
    }
  }
}
