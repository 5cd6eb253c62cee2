import { afterEach, expect, it, vi } from 'vitest'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { capturingOf, createFakeMonitor, decisionOf, dumpId, manifestOf } from '../testing/fake-monitor.js'
import { createStreams } from './streams.js'

afterEach(() => vi.useRealTimers())

function reading(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  return {
    next: async () => Buffer.from((await reader.read()).value ?? []).toString(),
    reader,
  }
}

it('a stream sends something at once, and then each event as JSON', async () => {
  const { ask, monitor } = askAdmin()
  const response = await ask('/stream')
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const { next, reader } = reading(response)
  expect(await next()).toBe(`retry: 3000\n\nevent: status\ndata: ${JSON.stringify(monitor.status())}\n\n`)
  const sample = { at: 1, values: { cpu: 5 } }
  monitor.events.emit('sample', sample)
  monitor.events.emit('decision', decisionOf('cpu', 5))
  monitor.events.emit('capture', capturingOf('x'))
  monitor.events.emit('capture', null)
  monitor.events.emit('dump', manifestOf(dumpId))
  expect(await next()).toBe(`event: sample\ndata: ${JSON.stringify(sample)}\n\n`)
  expect(await next()).toBe(`event: decision\ndata: ${JSON.stringify(decisionOf('cpu', 5))}\n\n`)
  expect(await next()).toBe(`event: capture\ndata: ${JSON.stringify(capturingOf('x'))}\n\n`)
  expect(await next()).toBe('event: capture\ndata: null\n\n')
  expect(await next()).toBe(`event: dump\ndata: ${JSON.stringify(manifestOf(dumpId))}\n\n`)
  await reader.cancel()
})

it('a comment keeps a quiet stream open', async () => {
  vi.useFakeTimers()
  const { ask } = askAdmin()
  const { next, reader } = reading(await ask('/stream'))
  await next()
  vi.advanceTimersByTime(15_000)
  expect(await next()).toBe(': heartbeat\n\n')
  await reader.cancel()
  expect(vi.getTimerCount()).toBe(0)
})

it('streams share one subscription, which goes with the last of them', async () => {
  const { ask, monitor } = askAdmin()
  const listeners = () => monitor.events.eventNames().map(name => monitor.events.listenerCount(name))
  const controller = new AbortController()
  const [first, second] = [await ask('/stream'), await ask('/stream', { signal: controller.signal })]
  expect(listeners()).toEqual([1, 1, 1, 1, 1])
  await first.body?.cancel()
  expect(listeners()).toEqual([1, 1, 1, 1, 1])
  controller.abort()
  expect(listeners()).toEqual([])
  await expect(second.text()).rejects.toThrow()
  await ask('/stream', { method: 'HEAD' })
  expect(listeners()).toEqual([])
})

it('streams end when the monitor stops', async () => {
  const { ask, monitor } = askAdmin()
  const { next, reader } = reading(await ask('/stream'))
  await next()
  monitor.events.emit('stopping')
  expect((await reader.read()).done).toBe(true)
  expect(monitor.events.eventNames()).toEqual([])
})

it('a client that does not read holds up neither the end nor the others', async () => {
  vi.useFakeTimers()
  const monitor = createFakeMonitor()
  const streams = createStreams(monitor)
  const response = streams.open(new Request('http://localhost/'))
  monitor.events.emit('stopping')
  vi.advanceTimersByTime(1000)
  await expect(response.text()).rejects.toThrow('stopped')
})

it('a client that does not read is dropped once too much waits for it', async () => {
  const monitor = createFakeMonitor()
  const streams = createStreams(monitor, { backlog: 10_000 })
  const slow = streams.open(new Request('http://localhost/'))
  const fast = reading(streams.open(new Request('http://localhost/')))
  await fast.next()
  const sample = { at: 1, values: { cpu: 5 } }
  for (let i = 0; i < 500; i++) {
    monitor.events.emit('sample', sample)
    expect(await fast.next()).toContain('event: sample')
  }
  await expect(slow.text()).rejects.toThrow('does not read')
  expect(monitor.events.listenerCount('sample')).toBe(1)
  await fast.reader.cancel()
})

it('no more than 32 streams are open at once', async () => {
  const { ask } = askAdmin()
  const open = await Promise.all(Array.from({ length: 32 }, () => ask('/stream')))
  expect(open.every(({ status }) => status === 200)).toBe(true)
  const refused = await ask('/stream')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  await problem(refused)
  await open[0]?.body?.cancel()
  const again = await ask('/stream')
  expect(again.status).toBe(200)
  for (const { body } of [...open.slice(1), again]) await body?.cancel()
})

it('no stream opens while the monitor does not run', async () => {
  const { ask, monitor } = askAdmin()
  monitor.current.state = 'stopping'
  expect((await problem(await ask('/stream'))).status).toBe(503)
})
