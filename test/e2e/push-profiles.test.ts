import { describe, expect, it } from 'vitest'
import { startReceiver } from '../../packages/core/src/testing/receiver.js'
import { brokenRules, readProfile } from '../pprof-rules.js'
import { eventually, noRules, startServer } from '../support.js'

interface Series {
  labels: { name: string; value: string }[]
  samples: { rawProfile: string }[]
}

const quick = { thresholds: noRules, recorder: { window: 200 } }

const read = ({ labels, samples }: Series) => ({
  labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
  profiles: samples.map(({ rawProfile }) => Buffer.from(rawProfile, 'base64')),
})

const namesIn = (profile: Buffer) => {
  const { function: functions, text } = readProfile(profile)
  return functions.map(({ name }) => text(name))
}

/** Checks pushed series, and resolves with the names of the functions in each. */
function checkAll(series: Series[]): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const { labels, profiles } of series.map(read)) {
    const { __name__: name = '', ...rest } = labels
    expect(rest).toMatchObject({ service_name: 'shop', version: '1.2.3', instance: 'pod-7' })
    for (const profile of profiles) {
      expect(brokenRules(profile, { name, labels: rest, now: Date.now() })).toEqual([])
      found[name] = [...(found[name] ?? []), ...namesIn(profile)]
    }
  }
  return found
}

describe.each([
  ['pyroscope', '/push.v1.PusherService/Push', (body: string) => (JSON.parse(body) as { series: Series[] }).series],
  [
    'parca',
    '/api/profiles/writeraw',
    (body: string) =>
      (
        JSON.parse(body) as { series: { labels: { labels: Series['labels'] }; samples: Series['samples'] }[] }
      ).series.map(({ labels, samples }) => ({ ...labels, samples })),
  ],
] as const)('profiles pushed to %s', (to, path, seriesOf) => {
  it('keep its rules, and name the function at work', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => res.setHeader('content-type', 'application/json').end('{}')
    const url = new URL(receiver.url).origin
    const secret = ['s3', 'cret'].join('')
    const server = await startServer({
      ...quick,
      labels: { service: 'shop', version: '1.2.3', instance: 'pod-7', 'odd.name': 'x' },
      profiles: { push: [{ to, url, every: 1000, headers: { 'X-Scope-OrgID': secret } }] },
    })
    const found = await eventually('both kinds of profiles', async () => {
      await fetch(`${server.base}/block?ms=200`)
      const series = receiver.received.flatMap(({ body }) => seriesOf(body))
      const seen = checkAll(series)
      return seen.process_cpu?.includes('endlessLoop') && seen.memory && seen
    })
    expect(Object.keys(found).sort()).toEqual(['memory', 'process_cpu'])
    const [first] = receiver.received
    expect([first?.path, first?.headers['x-scope-orgid']]).toEqual([path, secret])
    const { profiles } = await server.status()
    expect(profiles).toMatchObject([{ to, url, state: 'ok', dropped: 0, lastError: null }])
    expect(JSON.stringify(await server.status())).not.toContain(secret)
  })
})

describe('the samples of a block', () => {
  it('carry the trace and the span of the request that blocked', async () => {
    const receiver = await startReceiver()
    const url = new URL(receiver.url).origin
    const server = await startServer({
      recorder: { window: 200 },
      interval: 200,
      thresholds: { ...noRules, eventLoopDelay: { enabled: true, watermark: 500, cooldown: 0, capture: ['requests'] } },
      profiles: { push: [{ to: 'pyroscope', url, every: 8000 }] },
    })
    const ids = { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7' }
    const traceparent = `00-${ids.trace_id}-${ids.span_id}-01`
    const labels = await eventually('samples with a trace', async () => {
      await fetch(`${server.base}/block?ms=2000`, { headers: { traceparent } })
      const series = receiver.received.flatMap(({ body }) => (JSON.parse(body) as { series: Series[] }).series)
      return series
        .map(read)
        .flatMap(({ profiles }) => profiles)
        .flatMap(profile => {
          const { sample, text } = readProfile(profile)
          return sample.map(({ label }) => Object.fromEntries(label.map(({ key, str }) => [text(key), text(str)])))
        })
        .find(one => one.trace_id)
    })
    expect(labels).toEqual(ids)
  })
})

describe('a receiver that is not there, or refuses', () => {
  it('loses the profiles, is told once, and gets the next ones', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => res.writeHead(429).end('too many')
    const url = new URL(receiver.url).origin
    const server = await startServer({ ...quick, profiles: { push: [{ to: 'pyroscope', url, every: 1000 }] } })
    const status = async () => (await server.status()).profiles[0]
    const failing = await eventually('two lost pushes', async () => {
      const now = await status()
      return now && receiver.received.length >= 2 && now.dropped >= 2 && now
    })
    expect(failing).toMatchObject({ state: 'failing', pushed: 0 })
    expect(failing.lastError?.message).toBe('it answered 429: too many')
    expect(server.output().match(/it answered 429/g)).toHaveLength(1)

    receiver.answer = res => res.end('{}')
    const lost = receiver.received.length
    const good = await eventually('a push', async () => {
      const now = await status()
      return now?.state === 'ok' && now
    })
    // What was refused is not sent again.
    expect(good.pushed).toBeLessThanOrEqual(2 * (receiver.received.length - lost) + 2)
    await receiver.close()
    await eventually('another loss', async () => (await status())?.lastError?.message.includes('ECONNREFUSED'))
    expect((await fetch(server.base)).status).toBe(200)
  })
})

describe('profiles pushed by OTLP', () => {
  it('have one dictionary, and one profile for each type', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => res.end('{"partialSuccess":{"rejectedProfiles":"1","errorMessage":"no room"}}')
    const url = `${new URL(receiver.url).origin}/otlp`
    const server = await startServer({
      ...quick,
      labels: { service: 'shop', version: '1.2.3' },
      profiles: { push: [{ to: 'otlp', url, every: 1000, experimental: true }] },
    })
    const body = await eventually('a push with the function', async () => {
      await fetch(`${server.base}/block?ms=200`)
      return receiver.received.map(one => one.body).find(text => text.includes('endlessLoop'))
    })
    expect(receiver.received[0]?.path).toBe('/otlp/v1development/profiles')
    const { resourceProfiles, dictionary } = JSON.parse(body)
    const [{ resource, scopeProfiles }] = resourceProfiles
    expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'shop' } })
    expect(resource.attributes).toContainEqual({ key: 'service.version', value: { stringValue: '1.2.3' } })
    const tables = ['mapping', 'location', 'function', 'link', 'attribute', 'stack'].map(name => `${name}Table`)
    for (const name of tables) expect(dictionary[name][0]).toEqual({})
    expect(dictionary.stringTable[0]).toBe('')
    const { profiles } = scopeProfiles[0]
    const types = profiles.map(
      (one: { sampleType: { typeStrindex: number } }) => dictionary.stringTable[one.sampleType.typeStrindex],
    )
    expect(types.slice(0, 2)).toEqual(['cpu', 'samples'])
    const total = (profile: { samples: { stackIndex: number; values: string[] }[] }) => {
      const times = new Map<string, number>()
      for (const { stackIndex, values } of profile.samples) {
        const [leaf] = dictionary.stackTable[stackIndex].locationIndices
        const { functionIndex } = dictionary.locationTable[leaf].lines[0]
        const name = dictionary.stringTable[dictionary.functionTable[functionIndex].nameStrindex]
        times.set(name, (times.get(name) ?? 0) + Number(values[0]))
      }
      return [...times].sort((a, b) => b[1] - a[1])
    }
    expect(total(profiles[0])[0]?.[0]).toBe('endlessLoop')
    const status = await eventually('the refusal', async () => (await server.status()).profiles[0]?.lastError)
    expect(status.message).toBe('1 profiles were refused: no room')
  })
})
