import { type Client, type Options, resolveOptions } from '../options.js'
import { createAuth } from './auth.js'
import { readJson } from './body.js'
import type { MonitorApi } from './monitor-api.js'
import { monitorToken } from './monitor-token.js'
import { wantsHtml } from './negotiation.js'
import { describeApi } from './openapi.js'
import { Problem, problemOf, problemResponse } from './problem.js'
import type { Admin } from './route.js'
import { createRouter } from './router.js'
import { routes } from './routes.js'
import { createStreams } from './streams.js'

export interface AdminOptions extends Pick<Options, 'auth' | 'logger'> {
  /** Where the routes are mounted. @default the `prefix` of the monitor's options */
  prefix?: string
  /** The token where `auth` is left out. @default a random one, logged once for each monitor */
  token?: string
}

/** What a server or framework knows of a request that the request itself does not say. */
export interface RequestInfo extends Client {
  /** Path under which the framework has mounted us; the prefix comes after it. @default '' */
  mountedAt?: string
}

export interface AdminHandler {
  /** The admin API as a function from request to response. It never rejects. */
  (request: Request, info?: RequestInfo): Promise<Response>
  /** Path under which it answers, without a slash at its end. */
  readonly prefix: string
}

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/**
 * The admin API of a monitor, for any server that speaks Fetch; `createNodeListener` brings it to Node's servers.
 *
 * @throws AutodumpError `INVALID` for an option that is not valid
 */
export function createAdminHandler(monitor: MonitorApi, options: AdminOptions = {}): AdminHandler {
  const { logger = console, token } = options
  const { prefix } = resolveOptions({ auth: options.auth, prefix: options.prefix ?? monitor.options.prefix, logger })
  const logError = onceEach((what, error) => {
    logger.error(`autodump: ${what} failed: ${error instanceof Error ? error.stack : String(error)}`)
  })
  // Closed unless told otherwise.
  const makeToken = () =>
    monitorToken(monitor, made =>
      logger.info(`autodump: no auth option is set; the token for ${prefix || '/'} is ${made}`),
    )
  const auth = createAuth(options.auth ?? { token: token ?? makeToken() }, logError)
  const streams = createStreams(monitor)
  const mounts = lastOnly((mountedAt: string) => {
    const here = mountedAt + prefix
    let description: object | undefined
    const admin: Admin = {
      monitor,
      prefix: here,
      streams,
      describe: () => {
        description ??= describeApi({ routes, prefix: here, scheme: auth.scheme, version: monitor.status().version })
        return description
      },
    }
    return { admin, findRoute: createRouter(routes, here) }
  })

  async function answer(request: Request, { mountedAt = '', remoteAddress }: RequestInfo): Promise<Response> {
    const credential = auth.authenticate(request)
    const { admin, findRoute } = mounts(mountedAt)
    const { pathname, searchParams } = new URL(request.url)
    if (admin.prefix && pathname === `${admin.prefix}/` && wantsHtml(request.headers.get('accept')))
      return new Response(null, { status: 308, headers: { location: admin.prefix } })
    const { route, params, parseQuery } = findRoute(request.method, pathname)
    await auth.permit(request, credential, route.action, { remoteAddress })
    const query = parseQuery(searchParams)
    const { operation } = route
    const body = operation.body && (await readJson(request, operation.body))
    return operation.handle({ admin, request, params, query, body })
  }

  function refusal(request: Request, error: unknown): Response {
    const problem = problemOf(error)
    if (problem) return problemResponse(problem)
    logError(`${request.method} ${new URL(request.url).pathname}`, error)
    return problemResponse(new Problem(500, 'autodump could not answer this; the log of the application says why'))
  }

  async function handle(request: Request, info: RequestInfo = {}): Promise<Response> {
    let response = await answer(request, info).catch(error => refusal(request, error))
    if (request.method === 'HEAD') {
      response.body?.cancel().catch(() => {})
      response = new Response(null, response)
    }
    for (const [name, value] of Object.entries(securityHeaders))
      if (!response.headers.has(name)) response.headers.set(name, value)
    return response
  }
  return Object.assign(handle, { prefix })
}

/** Remembers what it made last: a program mounts us in one place, or in few. */
function lastOnly<T>(make: (key: string) => T): (key: string) => T {
  let last: { key: string; value: T } | undefined
  return key => {
    if (last?.key !== key) last = { key, value: make(key) }
    return last.value
  }
}

/** The same failure again says nothing new, and clients can repeat it as often as they like. */
function onceEach(log: (what: string, error: unknown) => void): (what: string, error: unknown) => void {
  const seen = new Set<string>()
  return (what, error) => {
    const message = error instanceof Error ? error.message : String(error)
    if (seen.has(message)) return
    if (seen.size >= 100) seen.clear()
    seen.add(message)
    try {
      log(what, error)
    } catch {} // A logger that throws must not turn a refusal into a crash.
  }
}
