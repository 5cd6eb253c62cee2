import type { AdminHandler, RequestInfo } from './admin-handler.js'
import { Problem, problemResponse } from './problem.js'
import { secured } from './security-headers.js'

export type ProbeName = 'livez' | 'readyz'

export interface ProbeAnswer {
  /** One word: whoever asks has no token. */
  state: string
  isWell: boolean
}

/** The handler, and beside it `/livez` and `/readyz` for Kubernetes, which need no token and tell one word. */
export function probed(
  handler: AdminHandler,
  ask: (probe: ProbeName) => ProbeAnswer | Promise<ProbeAnswer>,
): AdminHandler {
  const answer = async (request: Request, info?: RequestInfo) => {
    const { pathname } = new URL(request.url)
    const { prefix } = handler
    const probe =
      probeIn(pathname) ?? (pathname.startsWith(`${prefix}/`) ? probeIn(pathname.slice(prefix.length)) : null)
    if (probe === null) return handler(request, info)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return secured(problemResponse(new Problem(405, 'a probe is a GET', { headers: { allow: 'GET, HEAD' } })))
    const { state, isWell } = await ask(probe)
    return secured(Response.json({ state }, { status: isWell ? 200 : 503 }))
  }
  return Object.assign(answer, { prefix: handler.prefix })
}

const probeIn = (path: string) => (/^\/(livez|readyz)$/.exec(path)?.[1] ?? null) as ProbeName | null
