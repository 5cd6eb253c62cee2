import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, startServer } from '../support.js'

const interval = 200

const off = { enabled: false }

/** Only requests that pile up are to make a dump, however busy the machine is. */
const thresholds = {
  cpu: off,
  rss: off,
  heap: off,
  gc: off,
  eventLoopDelay: off,
  eventLoopUtilization: off,
  handles: off,
}

/** The parts of `requests.json` that matter here. */
interface Table {
  total: number
  requests: {
    url: string
    linked: boolean
    waitsOn: { target: string; path: string; state: string; stack?: string[] }[]
  }[]
  outbound: {
    total: number
    groups: { target: string; count: number; linked: number; routes: { route: string; count: number }[] }[]
  }
}

/** A server that takes every request and answers none, until it is told to. */
async function startStalled() {
  const waiting: ServerResponse[] = []
  const server = createServer((_req, res) => void waiting.push(res))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    waiting,
    answer: () => waiting.splice(0).forEach(res => void res.end('at last')),
  }
}

async function setUp(rules: object = {}) {
  const upstream = await startStalled()
  const env = { AUTODUMP_TEST_UPSTREAM: upstream.address }
  const server = await startServer(
    { interval, thresholds: { ...thresholds, ...rules }, cpuProfile: { duration: 500 }, limits: { maxPerHour: 1000 } },
    { fixture: 'upstream.mjs', env },
  )
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const send = (paths: string[]) => {
    for (const path of paths) fetch(`${server.base}${path}`, { signal: abort.signal }).catch(() => {})
  }
  const tableOf = async ({ id, artifacts }: Manifest): Promise<Table> => {
    const { file = '' } = artifacts.find(({ kind }) => kind === 'requests') ?? {}
    return JSON.parse(await readFile(join(server.dir, id, file), 'utf8'))
  }
  /** As soon as no other capture is in progress. */
  const dumpNow = () =>
    eventually('a dump by hand', async () => {
      const body = JSON.stringify({ capture: ['requests'] })
      const response = await server.admin('/trigger?wait=true', { method: 'POST', body })
      return response.ok && ((await response.json()) as Manifest)
    })
  return { upstream, server, send, tableOf, dumpNow }
}

const eighty = (path: string) => Array.from({ length: 80 }, (_, index) => `${path}/${index}`)

describe('an upstream that stalls', () => {
  it.each([
    { by: 'fetch', path: '/stall', route: '/stall/:order' },
    { by: 'node:http', path: '/price', route: '/price/:sku' },
  ])('is named with the route that waits for it, when called by $by', async ({ path, route }) => {
    const { upstream, server, send, tableOf, dumpNow } = await setUp()
    await server.warm('inFlight')
    send(eighty(path))
    const manifest = await eventually('a dump', async () =>
      (await manifestsIn(server.dir)).find(({ trigger }) => trigger.metric === 'inFlight'),
    )
    expect(manifest.state).toBe('complete')
    expect(manifest.summary.text).toMatch(
      new RegExp(
        `\\d+ requests in flight, all of them GET ${route}, the oldest for .*?[.;] \\d+ outbound requests wait for ${upstream.address}, the oldest for `,
      ),
    )
    expect(manifest.summary.findings.map(({ kind }) => kind)).toContain('outbound-group')
    const table = await tableOf(manifest)
    // On a slow machine not all eighty have come by then.
    expect(table.outbound.groups).toMatchObject([{ target: upstream.address, count: table.outbound.total }])
    expect(table.outbound.total).toBeGreaterThan(10)
    expect(JSON.stringify([table, manifest])).not.toContain('hush')

    await eventually('all of them', () => upstream.waiting.length === 80)
    upstream.answer()
    await eventually('an empty table', async () => (await tableOf(await dumpNow())).outbound.total === 0)
  })

  it('is linked to the requests that came after it began to pile up, with the functions that wait', async () => {
    const { upstream, server, send, tableOf, dumpNow } = await setUp()
    await server.warm('inFlight')
    send(eighty('/stall'))
    await eventually('a dump', async () => (await manifestsIn(server.dir)).length > 0)
    // By then the rules look at it, and so do we, as soon as calls have not been answered for a second.
    let sent = 0
    const { late, table } = await eventually('a request that is linked', async () => {
      send([`/stall/late-${++sent}`])
      await eventually('the calls', () => upstream.waiting.length === 80 + sent)
      const table = await tableOf(await dumpNow())
      const late = table.requests.find(({ url }) => url === `/stall/late-${sent}`)
      return late?.linked && { late, table }
    })
    expect(late.waitsOn).toMatchObject([{ target: upstream.address, path: `/orders/late-${sent}`, state: 'waiting' }])
    expect(late.waitsOn[0]?.stack?.[0]).toMatch(/^loadOrder \(.*upstream\.mjs:\d+:\d+\)$/)
    expect(late.waitsOn[0]?.stack?.[1]).toMatch(/stallHandler \(.*upstream\.mjs:\d+:\d+\)$/)
    expect(table.outbound.groups[0]?.routes).toMatchObject([{ route: '/stall/:order' }])
  })

  it('is in the table that is taken while the event loop is blocked', async () => {
    const { upstream, server, send, tableOf } = await setUp({ eventLoopDelay: { cooldown: 0 } })
    await server.warm('inFlight')
    send(['/price/1', '/price/2', '/stall/3'])
    await eventually('the calls', () => upstream.waiting.length === 3)
    send(['/block?ms=4000'])
    // On a busy machine the loop may be late before as well.
    const table = await eventually('a table with the block', async () => {
      const complete = (await manifestsIn(server.dir)).filter(({ state }) => state === 'complete')
      return (await Promise.all(complete.map(tableOf))).find(({ requests }) =>
        requests.some(({ url }) => /block/.test(url)),
      )
    })
    expect(table.total).toBe(4)
    expect(table.requests).toContainEqual(expect.objectContaining({ url: '/block', linked: false, waitsOn: [] }))
    expect(table.outbound).toMatchObject({ total: 3, groups: [{ target: upstream.address, count: 3 }] })
  })
})
