import type { AdminHandler } from '../../http/admin-handler.js'
import { probed } from '../../http/probes.js'
import { monotonic } from '../../lib/clock/monotonic.js'
import { beatPeriod, blockedFrom } from '../../link/beat-period.js'
import { createBlock } from '../../link/block.js'
import type { Manifest } from '../../model/manifest.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { ServiceContext } from '../service.js'

export type ProbeState = 'ok' | 'busy' | 'stuck'

export interface ProbeFacts {
  /** Milliseconds for which the event loop has been blocked. */
  blockedFor: number
  isCapturing: boolean
  /** A dump of this block is where it outlives the process. */
  isEvidenceSafe: boolean
}

/** Milliseconds of a block from which a process is called busy. */
const busyFrom = 1000

/**
 * Whether a process may be killed. A blocked one is only busy while somebody may still learn something from it: while
 * its dump is captured and uploaded, or `evidenceWithin` is not over.
 */
export function judgeProbe(
  { blockedFor, isCapturing, isEvidenceSafe }: ProbeFacts,
  { stuckAfter, evidenceWithin }: ResolvedOptions['probes'],
): ProbeState {
  if (blockedFor < stuckAfter) return blockedFor >= busyFrom || isCapturing ? 'busy' : 'ok'
  const isOver = (isEvidenceSafe && !isCapturing) || blockedFor >= stuckAfter + evidenceWithin
  return isOver ? 'stuck' : 'busy'
}

/** Follows the facts for `judgeProbe`. */
export function watchProbes({ api, data, uploads }: Pick<ServiceContext, 'api' | 'data' | 'uploads'>) {
  const block = createBlock(data.block)
  const period = beatPeriod(data.options.interval)
  let newest: { id: string; at: number } | undefined

  const onDump = ({ id, createdAt }: Manifest) => {
    newest = { id, at: Date.parse(createdAt) }
  }
  api.on('dump', onDump)

  /** As of the last sample, unless the event loop has turned since. */
  function blockedNow(): number {
    const { blockedFor, sample } = api.status()
    const isOver = monotonic() - block.get('heartbeat') - period < blockedFrom(period)
    return sample && blockedFor > 0 && !isOver ? blockedFor + Math.max(0, Date.now() - sample.at) : 0
  }

  return {
    state(): ProbeState {
      const blockedFor = blockedNow()
      const isOfThisBlock = newest !== undefined && newest.at >= Date.now() - blockedFor
      return judgeProbe(
        {
          blockedFor,
          isCapturing: api.status().capture !== null,
          isEvidenceSafe: isOfThisBlock && (uploads?.isUploaded((newest as { id: string }).id) ?? true),
        },
        data.options.probes,
      )
    },
    close: () => api.off('dump', onDump),
  }
}

/** The handler with the probes of this process. */
export const withProbes = (handler: AdminHandler, state: () => ProbeState): AdminHandler =>
  probed(handler, () => {
    const now = state()
    return { state: now, isWell: now !== 'stuck' }
  })
