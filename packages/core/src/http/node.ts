import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import type { AdminHandler } from './admin-handler.js'
import { type BodySource, declaresBody, requestBody, staleHeaders } from './node-body.js'
import { send } from './node-response.js'
import { Problem, problemOf, problemResponse } from './problem.js'
import { isBelow } from './router.js'

export type NodeRequest = (IncomingMessage | Http2ServerRequest) & BodySource & { originalUrl?: string }
export type NodeResponse = ServerResponse | Http2ServerResponse

/** Called by Node's servers and, with `next`, as a middleware: what is not below the prefix goes to `next`. */
export type NodeListener = (req: NodeRequest, res: NodeResponse, next?: () => unknown) => Promise<void> | undefined

/**
 * The admin handler for `node:http`, `node:https` and `node:http2`, and for frameworks that hand out their requests.
 * The promise always resolves, once the response has been sent or the client has gone.
 *
 * @param onError gets what goes wrong in sending, e.g. an artifact that cannot be read any more
 */
export function createNodeListener(
  handler: AdminHandler,
  onError: (what: string, error: unknown) => void = () => {},
): NodeListener {
  async function answer(req: NodeRequest, res: NodeResponse): Promise<void> {
    try {
      await send(await respond(handler, req, res), req, res)
    } catch (error) {
      // Part of the response may be out; without its end, the client sees that it is not whole.
      res.destroy()
      if ((error as Error)?.name !== 'AbortError') onError('send an admin response', error)
    }
  }
  return (req, res, next) => {
    if (!next || isBelow(handler.prefix, pathOf(targetOf(req)).split(/[?#]/, 1)[0] as string)) return answer(req, res)
    next()
  }
}

/** A request that cannot even be translated is refused here. */
async function respond(handler: AdminHandler, req: NodeRequest, res: NodeResponse): Promise<Response> {
  let request: Request
  try {
    request = toRequest(req, res)
  } catch (error) {
    return problemResponse(problemOf(error) ?? new Problem(400, 'this is not a request that can be read'))
  }
  return handler(request, { remoteAddress: req.socket?.remoteAddress })
}

/**
 * A Fetch request of a Node request. It is aborted when the client leaves.
 *
 * @throws Problem 400 for a target that is no URL, 501 for a method that Fetch does not have (`TRACE`, `CONNECT`)
 */
function toRequest(req: NodeRequest, res: NodeResponse): Request {
  const target = targetOf(req)
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

/** Middleware under a path is given the rest of it; `originalUrl` is what the client sent. */
function targetOf(req: NodeRequest): string {
  return req.originalUrl ?? req.url ?? ''
}

/** A proxy's request line has a whole URL (RFC 9112 §3.2.2); the path of it is what counts. */
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '')
  return path === target ? path : path.startsWith('/') ? path : `/${path}`
}

/** Only to compare origins with, and to make a URL whole. */
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
