import { prepareFetchClasses } from '../lib/fetch-classes.js'
import { redactError } from '../lib/redaction/text.js'
import type { Action, Client } from '../model/access.js'
import type { MonitorApi } from '../model/monitor-api.js'
import { type Audited, createAudit, printable } from './audit.js'
import { type Credential, createAuth } from './auth.js'
import { readJson } from './body.js'
import { type AdminOptions, mountAdmin } from './mount.js'
import { wantsHtml } from './negotiation.js'
import { describeApi } from './openapi.js'
import { createPage, type Page } from './page/page.js'
import { asGoExpects, pprofPlace, routedPath } from './pprof-clients.js'
import { Problem, problemOf, problemResponse } from './problem.js'
import type { Admin } from './route.js'
import { createRouter } from './router.js'
import { apiRoutes, routes } from './routes.js'
import { secured } from './security-headers.js'
import { createStreams } from './streams.js'
import { isMountedAt } from './target.js'

/** Shared by all handlers of a thread, since the files are the same. */
const builtPage = createPage()

/** Facts about a request that only a server or framework knows. */
export interface RequestInfo extends Client {
  /** Path under which the framework has mounted this handler; the prefix comes after it. @default '' */
  mountedAt?: string
  /** A web page may have led a browser on this machine here (DNS rebinding). Refused if no token is required. */
  isRebound?: boolean
  /**
   * Called when the request is authenticated, or needs no authentication: before the answer, which may take a while.
   */
  onKnown?(): void
}

export interface AdminHandler {
  /** The admin API as a function from request to response. It never rejects. */
  (request: Request, info?: RequestInfo): Promise<Response>
  /** Path under which it answers, without a trailing slash. */
  readonly prefix: string
  /** The second path of the profiles (`profiles.pull`), if there is one. */
  readonly pullPrefix?: string
}

/**
 * The admin API of a monitor, for any server that speaks Fetch; `createNodeListener` brings it to Node's servers.
 *
 * @param page another page than the one of this package, for tests
 * @throws AutodumpError `INVALID` for an invalid option
 */
export function createAdminHandler(
  monitor: MonitorApi,
  options: AdminOptions = {},
  page: Page = builtPage,
): AdminHandler {
  prepareFetchClasses()
  const { prefix, pullPrefix, dashboard, auth: given, logger } = mountAdmin(monitor, options)
  const logError = onceEach((what, error) => {
    logger.error(`autodump: ${what} failed: ${redactError(String(error instanceof Error ? error.stack : error))}`)
  })
  const auth = createAuth(given, {
    onError: logError,
    onLimited: ({ remoteAddress = 'a local socket' }) =>
      logger.warn(
        `autodump: too many tries with a wrong token came from ${printable(remoteAddress, 64)}: it has to wait`,
      ),
  })
  const audit = createAudit(logger)
  const streams = createStreams(monitor)
  const served = dashboard ? routes : apiRoutes
  const mounts = lastOnly((mountedAt: string) => {
    const here = mountedAt + prefix
    let description: Promise<object> | undefined
    const admin: Admin = {
      monitor,
      prefix: here,
      streams,
      page,
      scheme: auth.scheme,
      login: auth.login,
      allows: auth.allows,
      describe: () => {
        description ??= describeApi({
          routes: apiRoutes,
          prefix: here,
          scheme: auth.scheme,
          version: monitor.status().version,
        })
        return description
      },
    }
    return { admin, findRoute: createRouter(served, here) }
  })

  async function permit(request: Request, credential: Credential, action: Action | null, info: RequestInfo) {
    if (info.isRebound && auth.scheme === 'open') throw rebound()
    await auth.permit(request, credential, action, { remoteAddress: info.remoteAddress })
  }

  async function answer(request: Request, pathname: string, info: RequestInfo, seen: Audited): Promise<Response> {
    const { mountedAt = '', remoteAddress, onKnown } = info
    const client: Client = { remoteAddress }
    const { admin, findRoute } = mounts(mountedAt)
    const found = attempt(() => findRoute(request.method, pathname))
    const page = dashboard && isForPage(request, pathname, admin.prefix) && (await answerPage(request, info))
    if (page) return page
    // Unauthenticated callers get 401 even for unknown routes, but may log in and load the page that asks for the
    // token.
    const isOpen = found.value?.route.action === null
    const credential = isOpen ? 'none' : auth.authenticate(request, client)
    seen.credential = credential
    if (!found.value) throw found.error
    const { route, params, parseQuery } = found.value
    seen.action = route.action ?? route.path.slice(1)
    await permit(request, credential, route.action, info)
    if (!isOpen) onKnown?.()
    const query = parseQuery(new URL(request.url).searchParams)
    const body = route.body && (await readJson(request, route.body, !isOpen))
    // The body of a login is the token.
    if (route.action !== null) seen.body = body
    return route.handle({ admin, route, request, client, credential, params, query, body })
  }

  /**
   * A refused browser gets the page as well: the page asks for the token, and reports a missing permission. Does
   * nothing if the page is missing, as bundlers leave it out.
   */
  async function answerPage(request: Request, info: RequestInfo): Promise<Response | undefined> {
    const client: Client = { remoteAddress: info.remoteAddress }
    try {
      await permit(request, auth.authenticate(request, client), 'read', info)
    } catch (error) {
      const { status, headers } = problemOf(error) ?? {}
      return status ? page.index(status, headers) : undefined
    }
    info.onKnown?.()
    return page.index(200)
  }

  function refusal(request: Request, error: unknown): Response {
    const problem = problemOf(error)
    if (problem) return problemResponse(problem)
    logError(`${request.method} ${new URL(request.url).pathname}`, error)
    return problemResponse(new Problem(500, 'autodump could not answer this; the log of the application says why'))
  }

  async function handle(request: Request, info: RequestInfo = {}): Promise<Response> {
    const seen: Audited = {}
    const { mountedAt = '' } = info
    const here = mountedAt + prefix
    const pathname = routedPath(new URL(request.url).pathname, here, pullPrefix && mountedAt + pullPrefix)
    let response = await answer(request, pathname, info, seen).catch(error => refusal(request, error))
    if (isMountedAt(pprofPlace(here), pathname)) response = await asGoExpects(request, response)
    audit(request, info.remoteAddress, seen, response)
    if (request.method === 'HEAD') {
      response.body?.cancel().catch(() => {})
      response = new Response(null, response)
    }
    return secured(response)
  }
  return Object.assign(handle, { prefix, ...(pullPrefix && { pullPrefix }) })
}

function rebound(): Problem {
  return new Problem(403, 'without a token, browsers on this machine have to call it `localhost` or by an IP address')
}

/** With a trailing slash, too: the page adds it, so that its own requests lie below it. */
function isForPage({ method, headers }: Request, pathname: string, prefix: string): boolean {
  const isThere = pathname === prefix || pathname === `${prefix}/`
  return isThere && (method === 'GET' || method === 'HEAD') && wantsHtml(headers.get('accept'))
}

function attempt<T>(work: () => T): { value: T; error?: undefined } | { value?: undefined; error: unknown } {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

/** Remembers its last results: a program mounts the handler in one place, or in few. */
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
    log(what, error)
  }
}
