import type { TLSSocket } from 'node:tls'
import { messageOf } from '../lib/errors.js'
import { redactError } from '../lib/redaction/text.js'
import type { Client } from '../model/access.js'
import type { AdminHandler } from './admin-handler.js'
import { connectionOf, markKnown } from './known-connections.js'
import { declaresBody, requestBody, staleHeaders } from './node-body.js'
import { send } from './node-response.js'
import type { NodeRequest, NodeResponse } from './node-types.js'
import { Problem, problemOf, problemResponse } from './problem.js'
import { mayBeRebound } from './rebinding.js'
import { secured } from './security-headers.js'
import { isFor, mountOf, pathOf, targetOf } from './target.js'
import { inTurn } from './turns.js'

/** The request that a middleware of a framework gets. */
export interface SeenBy extends Client {
  /** The part of the URL that the framework left after mounting us under a path; the prefix is looked up here. */
  url: string
}

/**
 * Called by Node's servers and, with `next`, as a middleware: requests outside the prefix go to `next`. Without `seen`
 * the prefix is that of the whole path, regardless of the mount path.
 */
export type NodeListener = (
  req: NodeRequest,
  res: NodeResponse,
  next?: () => unknown,
  seen?: SeenBy,
) => Promise<void> | undefined

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
  async function answer(req: NodeRequest, res: NodeResponse, seen?: SeenBy): Promise<void> {
    try {
      await send(await respond(handler, req, res, seen), req, res)
    } catch (error) {
      // Part of the response may be out; without its end, the client sees that it is incomplete.
      res.destroy()
      if ((error as Error)?.name !== 'AbortError')
        onError('send an admin response', new Error(redactError(messageOf(error))))
    }
  }
  return (req, res, next, seen) => {
    if (!next || isFor(handler, seen?.url ?? targetOf(req))) return inTurn(req, res, () => answer(req, res, seen))
    next()
  }
}

/** Refuses a request that cannot even be translated. */
async function respond(handler: AdminHandler, req: NodeRequest, res: NodeResponse, seen?: SeenBy): Promise<Response> {
  const mountedAt = seen && mountOf(targetOf(req), seen.url)
  let request: Request
  try {
    // If the application has rewritten the URL beyond recognition, its URL is the only one available.
    request = toRequest(seen && mountedAt === undefined ? seen.url : targetOf(req), req, res)
  } catch (error) {
    return secured(problemResponse(problemOf(error) ?? new Problem(400, 'this is not a request that can be read')))
  }
  const connection = connectionOf(req)
  const remoteAddress = seen?.remoteAddress ?? req.socket?.remoteAddress
  const isRebound = mayBeRebound(req)
  return handler(request, { remoteAddress, mountedAt, isRebound, onKnown: () => markKnown(connection) })
}

/**
 * A Fetch request of a Node request. It is aborted when the client leaves.
 *
 * @throws Problem 400 for a target that is not a URL, 501 for a method that Fetch lacks (`TRACE`, `CONNECT`)
 */
function toRequest(target: string, req: NodeRequest, res: NodeResponse): Request {
  const path = pathOf(target)
  if (!path.startsWith('/')) throw new Problem(400, 'the request target must be a path')
  const method = req.method ?? 'GET'
  if (/^(TRACE|TRACK|CONNECT)$/i.test(method)) throw new Problem(501, `${method} is not supported`)

  const left = new AbortController()
  res.once('close', () => {
    if (!res.writableFinished) left.abort()
  })
  const init: RequestInit = { method, headers: headersOf(req), signal: left.signal }
  if (declaresBody(req)) Object.assign(init, { body: requestBody(req), duplex: 'half' })
  return new Request(`${originOf(req)}${path}`, init)
}

/** Only for comparing origins, and for completing a URL. */
function originOf(req: NodeRequest): string {
  const host = req.headers.host ?? (req.headers[':authority'] as string | undefined) ?? ''
  const scheme = (req.socket as TLSSocket | undefined)?.encrypted ? 'https' : 'http'
  const origin = `${scheme}://${host}`
  const plain = /^[\w.:[\]-]+$/.test(host) && URL.canParse(origin)
  return plain ? origin : `${scheme}://unknown.invalid`
}

function headersOf(req: NodeRequest): Headers {
  const headers = new Headers()
  const stale = staleHeaders(req)
  for (const [name, value] of Object.entries(req.headers)) {
    if (name.startsWith(':') || stale.includes(name)) continue
    for (const one of Array.isArray(value) ? value : [value ?? '']) {
      try {
        headers.append(name, one)
      } catch {} // Lenient parsers let values through that Fetch does not allow; none of them is needed here.
    }
  }
  return headers
}
