import { readdirSync } from 'node:fs'
import type { CaptureEstimate, CapturingDump, Manifest, Options, Sample } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, token } from '../support.js'

const quiet: Options = { interval: 50, thresholds: noRules }
const post = (body?: object) => ({ method: 'POST', ...(body && { body: JSON.stringify(body) }) })
const hiddenIn = (dir: string) => readdirSync(dir).filter(name => /^\.(tmp|del)-/.test(name))
const dumpsIn = (dir: string) => readdirSync(dir).filter(name => /^\d/.test(name))

async function begin(server: RunningServer, body: object): Promise<string> {
  const response = await server.admin('/trigger', post(body))
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}

describe('a dump that is cancelled in the middle of it', () => {
  it('leaves nothing behind, and the next one begins at once', async () => {
    const server = await startServer({ ...quiet, limits: { maxPerHour: 3 } })
    const capture = ['cpu-profile', 'heap-profile', 'async-wait', 'trace', 'requests']
    const waiting = server.admin('/trigger?wait=true', post({ capture, duration: 120_000 }))
    const { id } = await eventually('capturing', async () => {
      const { capture } = await server.status()
      return capture?.done.some(({ kind }) => kind === 'requests') && capture
    })
    expect(hiddenIn(server.dir)).toHaveLength(1)

    expect((await server.admin(`/dumps/${id}/cancel`, post())).status).toBe(204)
    expect([hiddenIn(server.dir), dumpsIn(server.dir)]).toEqual([[], []])
    const told = await waiting
    expect([told.status, await told.json()]).toMatchObject([409, { detail: `the dump ${id} was cancelled` }])
    expect((await server.admin(`/dumps/${id}`)).status).toBe(404)
    expect((await server.admin(`/dumps/${id}/cancel`, post())).status).toBe(404)

    const next = await server.admin('/trigger?wait=true', post({ capture, duration: 200 }))
    expect([next.status, await next.json()]).toMatchObject([201, { state: 'complete' }])
    const { capture: left, errors, quota, dumps } = await server.status()
    expect([left, errors, dumps.byRule]).toEqual([null, [], { 'manual-manual': 1 }])
    expect(quota.retryAfter).toBe(0)
    // The one that was cancelled is not given back.
    await begin(server, { capture: ['requests'] })
    await eventually('no more', async () => (await server.admin('/trigger', post())).status === 429)
  })

  it('may be one that a rule has begun', async () => {
    const thresholds = {
      ...noRules,
      inFlight: { min: 0, hold: 1, watermark: 1, capture: ['cpu-profile' as const], cooldown: 0 },
    }
    const server = await startServer({ ...quiet, thresholds, cpuProfile: { duration: 60_000 } })
    const waiting = fetch(`${server.base}/stall/1`).catch(() => {})
    const { id } = await eventually('capturing', async () => (await server.status()).capture)
    expect(id).toContain('-inFlight-watermark')
    expect((await server.admin(`/dumps/${id}/cancel`, post())).status).toBe(204)
    expect([hiddenIn(server.dir), dumpsIn(server.dir)]).toEqual([[], []])
    server.child.kill('SIGKILL')
    await waiting
  })

  it('is told to those who follow the stream, as its beginning and its progress are', async () => {
    const server = await startServer(quiet)
    const stream = await server.admin('/stream')
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    let seen = ''
    const until = async (is: (events: (CapturingDump | null)[]) => boolean) => {
      for (;;) {
        const events = [...seen.matchAll(/event: capture\ndata: (.*)\n\n/g)].map(([, data]) =>
          JSON.parse(data as string),
        )
        if (is(events)) return events
        const { value, done } = (await reader?.read()) ?? { done: true }
        if (done) throw new Error(`the stream has ended: ${seen}`)
        seen += value
      }
    }
    const id = await begin(server, { capture: ['cpu-profile', 'requests'], duration: 60_000 })
    const events = await until(events => events.some(one => one?.done.length === 1))
    expect(events[0]).toMatchObject({
      id,
      state: 'capturing',
      kinds: ['cpu-profile', 'requests'],
      done: [],
      pending: [],
    })
    expect(Date.parse(events[0]?.endsAt) - Date.parse(events[0]?.createdAt)).toBeGreaterThanOrEqual(60_000)
    expect(events.at(-1)?.done).toMatchObject([{ file: 'requests.json', kind: 'requests', state: 'complete' }])
    await server.admin(`/dumps/${id}/cancel`, post())
    expect((await until(events => events.includes(null))).at(-1)).toBeNull()
    await reader?.cancel()
    expect(seen).not.toContain('event: dump')
  })

  it('goes away while the app thread is in an endless loop', async () => {
    const server = await startServer({ ...quiet, admin: { port: 0 } })
    const address = (await server.status()).admin?.address as string
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(address + path, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
    const blocked = fetch(`${server.base}/block?ms=1e12`).catch(() => {})
    await eventually(
      'blocked',
      async () => ((await (await ask('/status')).json()) as { blockedFor: number }).blockedFor > 300,
    )
    const body = JSON.stringify({ capture: ['cpu-profile', 'heap-profile'], duration: 60_000 })
    const { id } = (await (await ask('/trigger', { method: 'POST', body })).json()) as { id: string }
    expect((await ask(`/dumps/${id}/cancel`, { method: 'POST' })).status).toBe(204)
    expect([hiddenIn(server.dir), dumpsIn(server.dir)]).toEqual([[], []])
    const again = JSON.stringify({ capture: ['cpu-profile'], duration: 200 })
    const next = await ask('/trigger?wait=true', { method: 'POST', body: again })
    const manifest = (await next.json()) as Manifest
    expect([manifest.state, manifest.summary.text]).toEqual(['complete', expect.stringContaining('endlessLoop')])
    server.child.kill('SIGKILL')
    await blocked
  })

  it('is whole or not there, at whatever moment that is', async () => {
    const server = await startServer({ ...quiet, limits: { maxPerHour: 1000 } })
    const statuses = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const id = await begin(server, { capture: ['requests', 'report'] })
      const { status } = await server.admin(`/dumps/${id}/cancel`, post())
      statuses.add(status)
      const { status: found } = await server.admin(`/dumps/${id}`)
      expect([status, found, dumpsIn(server.dir).includes(id)]).toEqual(
        status === 204 ? [204, 404, false] : [409, 200, true],
      )
      expect(hiddenIn(server.dir)).toEqual([])
    }
    const id = await begin(server, { capture: ['requests'] })
    await eventually('on disk', () => dumpsIn(server.dir).includes(id))
    expect((await server.admin(`/dumps/${id}/cancel`, post())).status).toBe(409)
    expect((await server.status()).errors).toEqual([])
  })

  it('and the app ends as it would', async () => {
    const server = await startServer(quiet)
    const id = await begin(server, { capture: ['cpu-profile', 'async-wait'], duration: 60_000 })
    await server.admin(`/dumps/${id}/cancel`, post())
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    expect(dumpsIn(server.dir)).toEqual([])
  })
})

describe('what a dashboard asks for', () => {
  it('the samples so far are those that were taken, and those after one of them', async () => {
    const server = await startServer(quiet)
    const all = await eventually('samples', async () => {
      const { interval, samples } = (await (await server.admin('/samples')).json()) as {
        interval: number
        samples: Sample[]
      }
      expect(interval).toBe(50)
      return samples.length >= 10 && samples
    })
    expect(all.every(({ at }, index) => index === 0 || at > (all[index - 1]?.at as number))).toBe(true)
    const middle = all[5]?.at as number
    const { samples } = (await (await server.admin(`/samples?since=${middle}`)).json()) as { samples: Sample[] }
    expect(samples.slice(0, all.length - 6)).toEqual(all.slice(6))
  })

  it('the expected pause of a capture follows what the last one has taken', async () => {
    const server = await startServer(quiet)
    const estimates = async () => {
      const { captures } = (await (await server.admin('/captures')).json()) as { captures: CaptureEstimate[] }
      return captures.find(({ kind }) => kind === 'heap-snapshot') as CaptureEstimate
    }
    await eventually('a heap', async () => (await estimates()).expectedPauseMs)
    expect((await estimates()).note).toContain('as is usual')
    const made = await server.admin('/trigger?wait=true', post({ capture: ['heap-snapshot'] }))
    const { artifacts } = (await made.json()) as Manifest
    const { expectedPauseMs, note } = await estimates()
    expect(note).toContain('as the last one took')
    const ratio = (expectedPauseMs as number) / (artifacts[0]?.pauseMs as number)
    expect(ratio).toBeGreaterThan(0.3)
    expect(ratio).toBeLessThan(3)
  })
})
