import type { Decision, Status } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support.js'
import { type Api, read, type Start, serveForAll } from './harness.js'

type Paths = Record<string, Record<string, { responses: object }>>

interface StreamEvent {
  event: string
  data: unknown
}

/** The events of a stream, until `enough` of them have come. */
async function events(api: Api, enough: (seen: StreamEvent[]) => boolean) {
  const abort = new AbortController()
  const response = await api.call('/stream', { signal: abort.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const seen: StreamEvent[] = []
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() as string
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1]
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (event && data) seen.push({ event, data: JSON.parse(data) })
    }
    if (enough(seen)) break
  }
  abort.abort()
  return seen
}

const has = (name: string) => (seen: StreamEvent[]) => seen.some(({ event }) => event === name)

export function describeObservation(start: Start): void {
  describe('what can be watched', () => {
    const api = serveForAll(start, { metrics: { queueDepth: () => 3 } })

    it('status: the sample, the means, and for each rule where it stands and why', async () => {
      const status = await eventually('a sample', async () => {
        const found = (await (await api.call('/status')).json()) as Status
        return found.sample && found
      })
      expect(status).toMatchObject({ state: 'running', pid: process.pid, dir: api.dir, interval: 100, capture: null })
      expect(status.thread).toEqual({ mode: 'monitor-thread', restarts: 0, degraded: null })
      expect(Object.keys(status.metrics)).toEqual(
        expect.arrayContaining(['cpu', 'rss', 'heap', 'eventLoopDelay', 'inFlight', 'queueDepth']),
      )
      for (const { rules } of Object.values(status.metrics))
        for (const verdict of Object.values(rules)) expect(verdict.reason).toMatch(/^[a-z -]+: ./)
      expect(status.sample?.values.queueDepth).toBe(3)
      expect(status.sample?.values.inFlight, 'our own requests are not the load of the app').toBe(0)
    })

    it('stream: where things stand first, then every sample, and every dump', async () => {
      const samples = await events(api, seen => seen.filter(({ event }) => event === 'sample').length >= 2)
      expect(samples[0]?.event).toBe('status')
      const [first, second] = samples
        .filter(({ event }) => event === 'sample')
        .map(({ data }) => data as Status['sample'])
      expect(second?.at).toBeGreaterThan(first?.at as number)
      expect(second?.values).toHaveProperty('cpu')

      const dumped = events(api, has('dump'))
      const made = await api.dump()
      const dump = (await dumped).find(({ event }) => event === 'dump')?.data
      expect(dump).toEqual(made)
    })

    it('stream: a decision when a rule changes its mind', async () => {
      const isNews = ({ event, data }: StreamEvent) =>
        event === 'decision' && (data as Decision).rules.watermark.threshold === 1_000
      const decided = events(api, seen => seen.some(isNews))
      await api.json('PATCH', '/thresholds', { queueDepth: { watermark: 1_000 } })
      const decision = (await decided).find(isNews)?.data
      expect(decision).toMatchObject({ metric: 'queueDepth', value: 3, rules: { watermark: { state: 'quiet' } } })
    })

    it('metrics: the text format of Prometheus, in base units', async () => {
      const response = await api.call('/metrics')
      expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
      const lines = (await response.text()).split('\n')
      for (const line of lines.filter(line => line !== ''))
        expect(line).toMatch(/^(# (HELP|TYPE) autodump_\w+ .+|autodump_\w+(\{.*\})? -?[\d.e+-]+)$/)
      const value = (name: string) => Number(lines.find(line => line.startsWith(`${name} `))?.split(' ')[1])
      expect(value('autodump_rss_ratio')).toBeGreaterThan(0)
      expect(value('autodump_rss_ratio')).toBeLessThan(1)
      expect(value('autodump_event_loop_delay_seconds')).toBeLessThan(60)
      expect(lines.some(line => line === `autodump_custom_metric{metric="queueDepth"} 3`)).toBe(true)
    })

    it('openapi.json: every route of the contract, with its refusals', async () => {
      const { openapi, paths } = await read<{ openapi: string; paths: Paths }>(await api.call('/openapi.json'))
      expect(openapi).toMatch(/^3\./)
      const prefix = new URL(api.base).pathname
      const described = Object.entries(paths).flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, { responses }]) => ({ name: `${method} ${path}`, responses })),
      )
      const routes = [
        'get /',
        'get /dumps/{id}',
        'delete /dumps/{id}',
        'get /dumps/{id}/{file}',
        'post /trigger',
        'get /thresholds',
        'patch /thresholds',
        'get /status',
        'get /stream',
        'get /metrics',
        'get /openapi.json',
      ]
      const names = described.map(({ name }) => name.replace(prefix, '').replace(/ $/, ' /'))
      expect(names).toEqual(expect.arrayContaining(routes))
      for (const { name, responses } of described) expect(Object.keys(responses), name).toContain('401')
    })
  })

  describe('an open stream', () => {
    let close: (() => Promise<unknown>) | undefined
    const api = serveForAll(async options => {
      const running = await start(options)
      close = running.close
      return { ...running, close: async () => {} }
    })

    it('ends with the server, and does not hold it up', async () => {
      const response = await api.call('/stream')
      const began = performance.now()
      const [text] = await Promise.all([response.text(), close?.()])
      expect(text).toContain('event: status')
      expect(performance.now() - began).toBeLessThan(3000)
    })
  })
}
