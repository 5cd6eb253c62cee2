import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import type { AutodumpOptions } from '../index.js'

export const silent = { info: () => {}, warn: () => {}, error: () => {} }

const quiet = Object.fromEntries(
  ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles'].map(metric => [
    metric,
    { enabled: false },
  ]),
)

/** Options for a quick test: a directory of its own, open doors, nothing said, and no dump but by hand. */
export function testOptions(more: AutodumpOptions = {}): AutodumpOptions {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-fastify-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return { dir, interval: 20, auth: false, logger: silent, thresholds: quiet, ...more }
}

/** Listens on a free port of the loopback until the test is over. Resolves with the port. */
export async function listen(app: FastifyInstance): Promise<number> {
  onTestFinished(async () => {
    // Again and again: after an abort, `fetch` opens connections ahead, and Node waits a minute for their first request.
    const timer = setInterval(() => app.server.closeAllConnections?.(), 20)
    await app.close()
    clearInterval(timer)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}

/** Resolves when a sample counts that many requests in flight; rejects after ten seconds with what was counted last. */
export function inFlight(app: FastifyInstance, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let last: number | null | undefined
    const timer = setTimeout(() => {
      app.autodump.off('sample', look)
      reject(new Error(`${last} in flight, and never ${count}`))
    }, 10_000)
    function look({ values }: { values: Record<string, number | null> }): void {
      last = values.inFlight
      if (last !== count) return
      clearTimeout(timer)
      app.autodump.off('sample', look)
      resolve()
    }
    app.autodump.on('sample', look)
  })
}
