import { describe, expect, it } from 'vitest'
import { fakeLink } from '../../testing/hooks.js'
import type { CaptureContext } from './capture.js'
import { redacted, traceCapture } from './trace.js'

const event = (name: string, args: Record<string, unknown> = {}) => ({
  cat: 'node,node.http',
  name,
  ph: 'e',
  ts: 1,
  pid: 1,
  tid: 1,
  args,
})

/** An app thread that hands over its events in two pieces, after it said that tracing is complete. */
function context(pieces: object[][], memoryLeft?: number): CaptureContext {
  let deliver: (params: never) => void = () => {}
  const link = fakeLink(
    {},
    {
      async post(method) {
        if (method !== 'NodeTracing.stop') return
        for (const [index, value] of pieces.entries()) setTimeout(() => deliver({ value } as never), 20 * (index + 1))
      },
      on: (_name, listener) => {
        deliver = listener
      },
    },
  )
  return {
    link: async () => link,
    duration: 1,
    trigger: { reason: 'why' },
    wait: async () => ({ cutShort: false }),
    pending() {},
    ...(memoryLeft !== undefined && { memoryLeft: () => memoryLeft }),
  } as unknown as CaptureContext
}

async function text(content: unknown): Promise<string> {
  let all = ''
  for await (const chunk of content as AsyncIterable<Uint8Array>) all += Buffer.from(chunk)
  return all
}

describe('a trace', () => {
  it('is whole: every piece, in the trace event format', async () => {
    const pieces = [Array.from({ length: 2500 }, (_, index) => event(`a${index}`)), [event('last')]]
    const [evidence] = await traceCapture.take(context(pieces))
    const { traceEvents, otherData } = JSON.parse(await text(evidence?.content))
    expect(traceEvents).toHaveLength(2501)
    expect(traceEvents.at(-1)).toEqual(event('last'))
    expect(otherData).toEqual({ trigger: 'why', eventsLeftOut: 0 })
  })

  it('has no query strings', () => {
    const dirty = event('http.server.request', { data: { url: '/a?token=secret', statusCode: 200 } })
    expect(redacted(dirty).args).toEqual({ data: { url: '/a', statusCode: 200 } })
    expect(redacted(event('http.client.request', { path: '/b?k=secret' })).args).toEqual({ path: '/b' })
  })

  it('has the names of the process and of its threads without their secrets', () => {
    const named = (name: string) => ({ ...event('process_name', { name }), cat: '__metadata' })
    expect(redacted(named('shop --password=hunter2')).args).toEqual({ name: 'shop --password=[redacted]' })
    expect(redacted(named('shop worker')).args).toEqual({ name: 'shop worker' })
  })

  it('is smaller where little memory is left, and refused where next to nothing is', async () => {
    const many = Array.from({ length: 100_000 }, () => event('x'))
    const [evidence] = await traceCapture.take(context([many], 200 * 1024 ** 2))
    const { traceEvents, otherData } = JSON.parse(await text(evidence?.content))
    expect([traceEvents.length, traceEvents.length + otherData.eventsLeftOut]).toEqual([87_381, 100_000])
    await expect(traceCapture.take(context([many], 127 * 1024 ** 2))).rejects.toThrow(
      'it may take 128 MiB of memory, and 127 MiB are left',
    )
  })

  it('ends when it has as many events as it may have', async () => {
    const stopped: string[] = []
    let deliver: (params: never) => void = () => {}
    const link = fakeLink(
      {},
      {
        async post(method) {
          stopped.push(method)
          const value = Array.from({ length: 200_000 }, () => event('x'))
          if (method === 'NodeTracing.start') setImmediate(() => [1, 2].map(() => deliver({ value } as never)))
        },
        on: (_name, listener) => {
          deliver = listener
        },
      },
    )
    // It would last for ever.
    const forEver = { ...context([]), link: async () => link, wait: () => new Promise(() => {}) }
    const [evidence] = await traceCapture.take(forEver as unknown as CaptureContext)
    expect([evidence?.value, stopped]).toEqual([{ events: 300_000 }, ['NodeTracing.start', 'NodeTracing.stop']])
  })

  it('is bounded, and says how much it left out', async () => {
    const many = Array.from({ length: 300_010 }, () => event('x'))
    const [evidence] = await traceCapture.take(context([many]))
    const { traceEvents, otherData } = JSON.parse(await text(evidence?.content))
    expect([traceEvents.length, otherData.eventsLeftOut]).toEqual([300_000, 10])
  })
})
