import type { AdminHandler, RequestInfo } from '../http/admin-handler.js'
import { type AdminOptions, mountAdmin } from '../http/mount.js'
import type { NodeListener } from '../http/node.js'
import type { NodeRequest, NodeResponse } from '../http/node-types.js'
import { isFor, targetOf } from '../http/target.js'
import { messageOf } from '../lib/errors.js'
import { redactError } from '../lib/redaction/text.js'
import type { MonitorApi } from '../model/monitor-api.js'
import { adminCode } from './admin-code.js'

/**
 * The admin API of a monitor, for any server that speaks Fetch; `createNodeListener` brings it to Node's servers. What
 * answers is loaded when the app has come to rest, or with the first request.
 *
 * @throws AutodumpError `INVALID` for an invalid option
 */
export function createAdminHandler(monitor: MonitorApi, options: AdminOptions = {}): AdminHandler {
  const { prefix, pullPrefix, auth, logger } = mountAdmin(monitor, options)
  const tell = (what: string, error: unknown) => logger.warn(`autodump: ${what}: ${redactError(messageOf(error))}`)
  let whole: AdminHandler | undefined
  adminCode.want(tell)
  async function handle(request: Request, info?: RequestInfo): Promise<Response> {
    try {
      const code = adminCode.loaded() ?? (await adminCode.load(tell))
      whole ??= code.createAdminHandler(monitor, { ...options, auth })
    } catch {
      return new Response(refusal.text, refusal)
    }
    return whole(request, info)
  }
  return Object.assign(handle, { prefix, ...(pullPrefix && { pullPrefix }) })
}

/**
 * The admin handler for `node:http`, `node:https` and `node:http2`, and for frameworks that hand out their requests.
 * The promise always resolves, once the response has been sent or the client has gone.
 *
 * @param onError gets errors in sending, e.g. an artifact that cannot be read any more
 */
export function createNodeListener(
  handler: AdminHandler,
  onError: (what: string, error: unknown) => void = () => {},
): NodeListener {
  let whole: NodeListener | undefined
  const listen: NodeListener = (req, res, next, seen) => {
    if (next && !isFor(handler, seen?.url ?? targetOf(req))) return void next()
    const code = adminCode.loaded()
    if (!code) return whenLoaded(req, res, onError, () => listen(req, res, undefined, seen))
    whole ??= code.createNodeListener(handler, onError)
    return whole(req, res, undefined, seen)
  }
  return listen
}

/** @param answer is not called if the client has left by then */
async function whenLoaded(
  req: NodeRequest,
  res: NodeResponse,
  onError: (what: string, error: unknown) => void,
  answer: () => Promise<void> | undefined,
): Promise<void> {
  let hasLeft = false
  res.once('close', () => {
    hasLeft = true
  })
  try {
    await adminCode.load(onError)
  } catch {
    return refuse(req, res)
  }
  if (!hasLeft) await answer()
}

/** Without the code for it: no more than a client needs to know. */
const refusal = {
  status: 503,
  text: JSON.stringify({
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: 'the code of the admin routes could not be loaded; the log of the application says why',
  }),
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
}

function refuse(req: NodeRequest, res: NodeResponse): void {
  try {
    res.statusCode = refusal.status
    for (const [name, value] of Object.entries(refusal.headers)) res.setHeader(name, value)
    // Nothing reads what is left of the request.
    if (!('stream' in res)) res.setHeader('connection', 'close')
    res.end(refusal.text)
    req.resume()
  } catch {} // The client has gone, or others have answered.
}
