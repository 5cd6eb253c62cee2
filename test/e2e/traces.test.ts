import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:http2'
import { join } from 'node:path'
import type { Manifest, Status } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RequestsEvidence } from '../../packages/core/src/model/request-table.js'
import { eventually, noRules, startServer, token } from '../support.js'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'
const traceparent = `00-${traceId}-${spanId}-01`

const tableOf = (dir: string, id: string, file = 'requests.json') =>
  JSON.parse(readFileSync(join(dir, id, file), 'utf8')) as RequestsEvidence

function hang(url: string, headers = {}) {
  const sent = request(url, { headers }).on('error', () => {})
  sent.end()
  onTestFinished(() => void sent.destroy())
}

async function dumpByHand(server: Awaited<ReturnType<typeof startServer>>, inFlight: number): Promise<Manifest> {
  await eventually('in flight', async () => (await server.status()).sample?.values.inFlight === inFlight)
  const body = '{"capture":["requests"]}'
  return (await server.admin('/trigger?wait=true', { method: 'POST', body })).json() as Promise<Manifest>
}

describe('traces', () => {
  const quiet = { interval: 50, thresholds: noRules }
  const links = { trace: 'https://tempo.example/trace/{traceId}?span={spanId}' }
  const url = `https://tempo.example/trace/${traceId}?span=${spanId}`

  it('of requests in flight are in the table, with their addresses, and in the sentence', async () => {
    const server = await startServer({ ...quiet, links })
    hang(`${server.base}/stall/1`, { traceparent })
    hang(`${server.base}/stall/2`, { traceparent: 'not one' })
    const { id, summary } = await dumpByHand(server, 2)
    const rows = tableOf(server.dir, id).requests
    expect(rows.find(row => row.url === '/stall/1')).toMatchObject({ traceId, spanId, traceUrl: url })
    expect(rows.find(row => row.url === '/stall/2')).not.toHaveProperty('traceId')
    expect(summary.text).toMatch(new RegExp(` Trace ${url.replace('?', '\\?')}\\.$`))
    expect(summary.findings).toContainEqual({
      kind: 'trace',
      text: `the trace of GET /stall/:id is ${url}`,
      data: { traceId, spanId, traceUrl: url },
    })
  })

  it('have no address without a template, and no place in the sentence', async () => {
    const server = await startServer(quiet)
    hang(`${server.base}/stall/1`, { traceparent })
    const { id, summary } = await dumpByHand(server, 1)
    const [row] = tableOf(server.dir, id).requests
    expect(row).toMatchObject({ traceId, spanId })
    expect(row).not.toHaveProperty('traceUrl')
    expect(summary.text).not.toMatch(/trace /i)
    expect(summary.findings).toContainEqual(expect.objectContaining({ kind: 'trace' }))
  })

  it('of HTTP/2 streams are in the table too', async () => {
    const server = await startServer(quiet, { fixture: 'traced.mjs' })
    const session = connect(`http://127.0.0.1:${server.ports.http2}`).on('error', () => {})
    onTestFinished(() => session.destroy())
    session
      .request({ ':path': '/stream', traceparent })
      .on('error', () => {})
      .end()
    const { id } = await dumpByHand(server, 1)
    expect(tableOf(server.dir, id).requests).toMatchObject([{ protocol: 'h2', url: '/stream', traceId, spanId }])
  })

  it('of OpenTelemetry: the span of the code that blocks', async () => {
    const server = await startServer({ ...quiet, links, admin: { port: 0 } }, { fixture: 'traced.mjs' })
    const address = await eventually('the admin server', async () => (await server.status()).admin?.address)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    hang(`${server.base}/block`)
    await eventually('blocked', async () => {
      const status = (await (await fetch(`${address}/status`, { headers })).json()) as Status
      return status.blockedFor > 300
    })
    const body = '{"capture":["requests"]}'
    const answer = await fetch(`${address}/trigger?wait=true`, { method: 'POST', headers, body })
    const { id, summary } = (await answer.json()) as Manifest
    const active = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }
    expect(tableOf(server.dir, id).activeSpan).toMatchObject(active)
    expect(summary.text).toContain(`Trace https://tempo.example/trace/${active.traceId}?span=${active.spanId}`)
    server.child.kill('SIGKILL')
  })

  it('of OpenTelemetry: none where nothing is in a span', async () => {
    const server = await startServer(quiet, { fixture: 'traced.mjs' })
    hang(`${server.base}/stall`)
    const { id } = await dumpByHand(server, 1)
    expect(tableOf(server.dir, id)).not.toHaveProperty('activeSpan')
  })
})
