import type { LiveProfileKind } from '../../model/live-profile.js'
import type { PprofFile } from '../../model/monitor-api.js'
import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export interface PprofQuery {
  /**
   * Seconds that the CPU profile covers, up to now; at most a minute.
   * @multipleOf 1
   * @minimum 1
   * @maximum 86400
   * @default 30
   */
  seconds?: number
  /**
   * As in Go; a heap profile always collects first.
   * @multipleOf 1
   * @minimum 0
   * @maximum 1
   */
  gc?: number
  /**
   * As in Go; there is no form for people.
   * @multipleOf 1
   * @minimum 0
   * @maximum 0
   */
  debug?: number
}

/** The profiles below `/pprof/`, for people. */
const descriptions: Record<string, string> = {
  profile: 'CPU of the last 30 seconds; ?seconds=N for more or less',
  heap: 'memory in use, by the functions that allocated it',
  allocs: 'the same',
}

/** Profiles that Go has. */
const missing: Record<string, string> = {
  goroutine: 'Node.js has no goroutines: `autodump trigger --capture async-stacks` shows the suspended functions',
  threadcreate: 'Node.js does not record who creates threads',
  block: 'nothing blocks on channels here: `autodump trigger --capture async-wait` shows what the app waits for',
  mutex: 'the app has no mutexes that are profiled',
  cmdline: 'the command line is not shown, as it may hold secrets',
  symbol: 'profiles have their symbols in them',
  trace: 'there are no traces of Go here: `autodump trigger --capture trace` makes one for Perfetto',
}

const index: Route = {
  method: 'GET',
  path: '/pprof',
  action: 'download',
  summary: 'See which profiles the running process has',
  responses: { 200: { description: 'The page', type: 'text/html' } },
  handle({ request }) {
    // From the address without the slash, links relative to it would miss a level.
    const last = new URL(request.url).pathname.split('/').at(-1)
    const here = last ? `${last}/` : ''
    const rows = Object.entries(descriptions).map(([name, text]) => `<li><a href="${here}${name}">${name}</a>: ${text}`)
    const page = `<!doctype html>\n<title>pprof</title>\n<h1>Profiles</h1>\n<ul>\n${rows.join('\n')}\n</ul>\n<p>Open one with <code>go tool pprof</code> and this address.\n`
    return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  },
}

function profileRoute(name: keyof typeof descriptions, kind: LiveProfileKind, summary: string): Route<PprofQuery> {
  return {
    method: 'GET',
    path: `/pprof/${name}`,
    action: 'download',
    summary,
    description: 'Gzipped pprof, for `go tool pprof`, Grafana Alloy, Parca and the OpenTelemetry collector.',
    query: 'PprofQuery',
    responses: {
      200: { description: 'The profile', type: 'application/octet-stream', headers: ['Content-Disposition'] },
    },
    problems: [404, 409],
    handle: async ({ admin, query }) => answer(await admin.monitor.liveProfile(kind, query.seconds)),
  }
}

function answer({ name, bytes }: PprofFile): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': String(bytes.length),
    },
  })
}

const others: Route = {
  method: 'GET',
  path: '/pprof/:file',
  action: 'download',
  summary: 'Learn why a profile that Go has is not there',
  query: 'PprofQuery',
  responses: {},
  problems: [404],
  handle({ params: { file } }) {
    const why = Object.hasOwn(missing, file)
      ? missing[file]
      : `the profiles here are ${Object.keys(descriptions).join(', ')}`
    throw new Problem(404, `there is no profile ${file}: ${why}`)
  },
}

/** The routes below `/pprof`, as programs in Go have them. */
export const pprofRoutes: Route[] = [
  index,
  profileRoute('profile', 'cpu', 'Get the CPU profile of the last seconds'),
  profileRoute('heap', 'heap', 'Get the profile of the memory in use'),
  profileRoute('allocs', 'heap', 'Get the same under the name that Go has for allocations'),
  others,
]
