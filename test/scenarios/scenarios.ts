import { connect } from 'node:net'
import type { Options } from '@autodump/core'
import type { RunningServer } from '../support.js'

export interface Scenario {
  number: number
  title: string
  /** Milliseconds between samples; everything else is the default. */
  interval: number
  execArgv?: string[]
  env?: Record<string, string>
  /** Rules that it needs beside the defaults. */
  thresholds?: NonNullable<Options['thresholds']>
  /** The limit of open files. */
  openFiles?: number
  /** Makes it go wrong. What it returns is called at the end. */
  fault(server: RunningServer): Promise<() => void>
  /** The same load when nothing is wrong; the usual traffic runs in both. */
  healthy?: {
    path: string
    rate: number
    env?: Record<string, string>
    /** More of it. What it returns is called at the end. */
    load?(server: RunningServer): () => void
  }
  /** What `summary.text` must contain. */
  named: RegExp[]
  /** Seconds that the dump may take, from the fault on. */
  within: number
  /** The process dies of it. */
  deadly?: boolean
  /** What goes wrong. In those that wait the CPU has little to do, so they run side by side. */
  family: 'cpu' | 'memory' | 'waiting'
  /** Stands for its family where there is little time. */
  quick?: boolean
}

/** Fires requests and forgets them. */
export function storm(server: RunningServer, path: (index: number) => string, count: number): () => void {
  const abort = new AbortController()
  for (let index = 0; index < count; index++)
    fetch(server.base + path(index), { signal: abort.signal }).then(
      response => response.text().catch(() => {}),
      () => {},
    )
  return () => abort.abort()
}

/** Clients that listen to events, until stopped. */
function openStreams(server: RunningServer, count: number): () => void {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(Number(new URL(server.base).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n')
    return socket
  })
  return () => {
    for (const socket of sockets) socket.destroy()
  }
}

/** One request after the other, at most `perSecond`, until stopped. */
function repeat(server: RunningServer, path: string, perSecond: number): () => void {
  const timer = setInterval(
    () =>
      fetch(server.base + path)
        .then(
          response => response.text(),
          () => {},
        )
        .catch(() => {}),
    1000 / perSecond,
  )
  return () => clearInterval(timer)
}

export const scenarios: Scenario[] = [
  {
    number: 1,
    title: 'cpu spike',
    family: 'cpu',
    interval: 1000,
    fault: async server => storm(server, () => '/report', 1),
    healthy: { path: '/users/2', rate: 20 },
    named: [/computeRareReport \(\S*server\.mjs:\d+\)/],
    within: 20,
  },
  {
    number: 2,
    title: 'cpu explode',
    family: 'cpu',
    quick: true,
    interval: 200,
    fault: async server => storm(server, () => '/forever', 1),
    named: [/neverReturns \(\S*server\.mjs:\d+\)/],
    within: 20,
  },
  {
    number: 3,
    title: 'slow leak',
    family: 'waiting',
    interval: 200,
    fault: async server => repeat(server, '/visit', 10),
    healthy: { path: '/users/3', rate: 10 },
    named: [/rememberVisit \(\S*server\.mjs:\d+\)/],
    within: 120,
  },
  {
    number: 4,
    title: 'allocation burst',
    family: 'memory',
    quick: true,
    interval: 200,
    fault: async server => storm(server, () => '/catalogue', 1),
    named: [/loadWholeCatalogue \(\S*server\.mjs:\d+\)/],
    within: 40,
  },
  {
    number: 5,
    title: 'heap out of memory',
    family: 'memory',
    interval: 200,
    execArgv: ['--max-old-space-size=256'],
    fault: async server => storm(server, () => '/explode', 1),
    named: [/buildEndlessList \(\S*server\.mjs:\d+\)/],
    within: 40,
    deadly: true,
  },
  {
    number: 6,
    title: 'deadlock',
    family: 'waiting',
    quick: true,
    interval: 200,
    fault: async server => storm(server, index => `/reserve/${index}`, 60),
    named: [/acquireStockLock|reserveStock/, /\/reserve\/:item/, /\b(59|60)\b/],
    within: 20,
  },
  {
    number: 7,
    title: 'slow upstream',
    family: 'waiting',
    interval: 200,
    async fault(server) {
      const { port } = (await (await fetch(`${server.base}/upstream`)).json()) as { port: number }
      this.named = [new RegExp(`127\\.0\\.0\\.1:${port}`), /\/orders\/:id/]
      return storm(server, index => `/orders/${index}`, 60)
    },
    healthy: { path: '/orders/1', rate: 40, env: { UPSTREAM: 'healthy' } },
    named: [/\/orders\/:id/],
    within: 20,
  },
  {
    number: 8,
    title: 'never-closed stream',
    family: 'waiting',
    interval: 200,
    // Streams are health as a rule, so they have none by default.
    thresholds: { streams: { min: 20, spike: 100, hold: 2 } },
    fault: async server => openStreams(server, 60),
    named: [/\/events/, /\b60\b/],
    within: 20,
  },
  {
    number: 18,
    title: 'streams beside a deadlock',
    family: 'waiting',
    interval: 200,
    async fault(server) {
      const stops = [openStreams(server, 520), storm(server, index => `/reserve/${index}`, 60)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    // The same streams, and nothing that waits.
    healthy: { path: '/users/3', rate: 20, load: server => openStreams(server, 520) },
    named: [/\d\d requests in flight, (?:all|5\d|60) of them GET \/reserve\/:item/],
    within: 30,
  },
  {
    number: 10,
    title: 'gc thrash',
    family: 'memory',
    interval: 200,
    execArgv: ['--max-old-space-size=256'],
    env: { HOARD_BYTES: String(170 * 1024 ** 2) },
    async fault(server) {
      await fetch(`${server.base}/hoard`)
      return repeat(server, '/churn', 8)
    },
    named: [/hoardNearTheLimit|churnTemporaries/],
    within: 40,
  },
  {
    number: 11,
    title: 'blocked by native work',
    family: 'cpu',
    interval: 200,
    fault: async server => storm(server, () => '/login', 1),
    named: [/hashPasswordSlowly \(\S*server\.mjs:\d+\)/],
    within: 40,
  },
  {
    number: 12,
    title: 'thread pool exhausted',
    family: 'cpu',
    interval: 200,
    env: { UV_THREADPOOL_SIZE: '1' },
    fault: async server => storm(server, () => '/token', 60),
    named: [/signToken/, /\/token/],
    within: 40,
  },
  {
    number: 15,
    title: 'a dozen requests hang',
    family: 'waiting',
    interval: 1000,
    fault: async server => storm(server, index => `/invoices/${index}`, 13),
    healthy: { path: '/invoices/1', rate: 5, env: { POOL_CLIENTS: '5' } },
    named: [/loadInvoice/, /\/invoices\/:id/, /\b12\b/],
    within: 90,
  },
  {
    number: 16,
    title: 'descriptors run out',
    family: 'waiting',
    interval: 200,
    openFiles: 300,
    fault: async server => repeat(server, '/reports/1', 20),
    healthy: { path: '/reports/2', rate: 20, env: { CLOSE_REPORTS: '1' } },
    named: [/of 300 file descriptors are open, \d+ of them \.mjs files in the working directory/],
    within: 60,
  },
  {
    number: 19,
    title: 'time spread over a library',
    family: 'cpu',
    interval: 200,
    fault: async server => storm(server, () => '/render', 2),
    healthy: { path: '/users/4', rate: 10 },
    named: [/renderCatalogue \(\S*server\.mjs:\d+\)/, /acorn/],
    within: 40,
  },
  {
    number: 20,
    title: 'an event loop that never waits',
    family: 'cpu',
    interval: 200,
    fault: async server => storm(server, () => '/poll', 1),
    healthy: { path: '/users/5', rate: 10 },
    named: [/pollUntilReady \(\S*server\.mjs:\d+\)/],
    within: 40,
  },
  {
    number: 21,
    title: 'a synchronous child process',
    family: 'waiting',
    interval: 200,
    fault: async server => storm(server, () => '/convert', 1),
    healthy: { path: '/users/6', rate: 10 },
    named: [/convertDocument \(\S*server\.mjs:\d+\)/, /child_process\.execFileSync/],
    within: 40,
  },
  {
    number: 22,
    title: 'code that was compiled in memory',
    family: 'cpu',
    interval: 200,
    fault: async server => storm(server, () => '/prices', 1),
    named: [/recountPrices \(\S*prices\.ts:1\d\)/],
    within: 40,
  },
  {
    number: 23,
    title: 'a minified bundle',
    family: 'cpu',
    interval: 200,
    fault: async server => storm(server, () => '/thumbnail', 1),
    named: [/q \(\S*app\.min\.cjs:1:\d{4}\)/],
    within: 40,
  },
]
