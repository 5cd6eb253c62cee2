import type { AdminHandler, RequestInfo } from '../../http/admin-handler.js'
import { Problem, problemResponse } from '../../http/problem.js'
import { secured } from '../../http/security-headers.js'
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

const probe = /^\/(livez|readyz)$/

/** The handler, and beside it `/livez` and `/readyz`, which need no token and tell one word. */
export function withProbes(handler: AdminHandler, state: () => ProbeState): AdminHandler {
  const answer = async (request: Request, info?: RequestInfo) => {
    const { pathname } = new URL(request.url)
    const { prefix } = handler
    const below = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname
    if (!probe.test(pathname) && !probe.test(below)) return handler(request, info)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return secured(problemResponse(new Problem(405, 'a probe is a GET', { headers: { allow: 'GET, HEAD' } })))
    const now = state()
    return secured(Response.json({ state: now }, { status: now === 'stuck' ? 503 : 200 }))
  }
  return Object.assign(answer, { prefix: handler.prefix })
}
