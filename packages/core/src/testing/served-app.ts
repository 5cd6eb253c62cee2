import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Monitor } from '../app/monitor.js'
import { builtinMetrics } from '../model/metric.js'
import type { Options } from '../model/options.js'

export const silent = { info: () => {}, warn: () => {}, error: () => {} }

const quiet = Object.fromEntries(Object.keys(builtinMetrics).map(metric => [metric, { enabled: false }]))

/** Options for a quick test of an adapter: a directory of its own, open doors, nothing said, no dump but by hand. */
export function testOptions(more: Options = {}): Options {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-adapter-'))
  // The monitor stops with its server, and may still write.
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }))
  return { dir, interval: 20, auth: false, logger: silent, thresholds: quiet, ...more }
}

/** Serves an application on a free port of the loopback until the test is over. */
export async function serveApp(app: RequestListener) {
  const server = createServer(app).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    server,
    base,
    ask: (path: string, init?: RequestInit) => fetch(base + path, init),
    send: (method: string, path: string, body: string, type = 'application/json') =>
      fetch(base + path, { method, body, headers: { 'content-type': type } }),
  }
}

/** Resolves when a sample counts that many requests in flight; rejects after a minute, which only a hang takes, with the last count. */
export function inFlight(monitor: Monitor, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let last: number | null | undefined
    const timer = setTimeout(() => {
      monitor.off('sample', look)
      reject(new Error(`${last} in flight, and never ${count}`))
    }, 60_000)
    function look({ values }: { values: Record<string, number | null> }): void {
      last = values.inFlight
      if (last !== count) return
      clearTimeout(timer)
      monitor.off('sample', look)
      resolve()
    }
    monitor.on('sample', look)
  })
}

/** The requests of a dump that is made now, without their ages, as `<url> <route>`, sorted. */
export async function routesInFlight(monitor: Monitor): Promise<string[]> {
  const { id } = await monitor.trigger({ capture: ['requests'] })
  const table = JSON.parse(readFileSync(join(monitor.options.dir, id, 'requests.json'), 'utf8'))
  return table.requests.map(({ url, route }: { url: string; route: string | null }) => `${url} ${route}`).sort()
}

/** Resolves when the monitor is in that state. */
export async function inState(monitor: Monitor, state: string): Promise<void> {
  for (const end = Date.now() + 60_000; monitor.status().state !== state; ) {
    if (Date.now() > end) throw new Error(`${monitor.status().state}, and never ${state}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
