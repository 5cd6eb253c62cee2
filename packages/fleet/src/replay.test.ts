import type { BucketReplay } from '@autodump/core'
import { expect, it } from 'vitest'
import { compactSamples } from './compact-samples.js'
import { openFleet } from './index.js'
import { createReplay } from './replay.js'
import { type Planted, testBucket } from './testing/bucket.js'

const start = Date.UTC(2026, 10, 29, 3)
const minute = 60_000

/** Quiet, then at `value`. */
const upTo = (value: number) => [...Array.from({ length: 12 }, () => 10), value]

async function fleetOf(planted: Planted[]) {
  const made = await testBucket()
  for (const one of planted) made.plant(one)
  const handler = openFleet(made.bucket)
  const ask = async (body: object) =>
    handler(
      new Request('http://localhost/replay', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const replay = async (body: object) => (await (await ask(body)).json()) as BucketReplay
  return { ...made, ask, replay }
}

const only = (cpu: object) => ({ thresholds: { cpu: { spike: null, min: 0, ...cpu } } })

it('a replay over a bucket names the dumps of all processes that other thresholds would have made, and those they would have spared', async () => {
  const { replay } = await fleetOf([
    { at: start, cpu: upTo(95), service: 'shop' },
    { at: start + 5 * minute, cpu: upTo(82), service: 'mail', version: '2.0.0' },
  ])
  const both = await replay(only({ watermark: 80 }))
  expect(both).toMatchObject({ matching: 2, looked: 2, processes: 2, samples: 26, made: 2, spared: [] })
  expect(both.totals).toEqual({ 'cpu-watermark': 2 })
  expect(both.dumps.map(({ service, isThere }) => [service, isThere])).toEqual([
    ['mail', true],
    ['shop', true],
  ])
  const one = await replay(only({ watermark: 90 }))
  expect(one.dumps).toMatchObject([{ service: 'shop', value: 95, reason: '95% is at or above the watermark 90%' }])
  expect(one.spared).toMatchObject([{ service: 'mail', version: '2.0.0', metric: 'cpu', rule: 'spike' }])
})

it('a replay over a bucket keeps the cooldown over the time between two dumps of a process, and learns anew what is usual', async () => {
  const { replay } = await fleetOf([0, 5, 10].map(late => ({ at: start + late * minute, cpu: upTo(95) })))
  const found = async (cooldown: number) => (await replay(only({ watermark: 80, cooldown }))).dumps.length
  expect(await found(60_000)).toBe(3)
  expect(await found(8 * minute)).toBe(2)
  // The 60% of another time are no mean to compare with: ten samples must be known first.
  const early = await fleetOf([
    { at: start, cpu: Array.from({ length: 13 }, () => 60) },
    { at: start + 5 * minute, cpu: [10, 10, 60, 60] },
  ])
  expect((await early.replay(only({ watermark: null, spike: 25 }))).dumps).toEqual([])
})

it('a replay over a bucket counts samples once that two dumps of a process have', async () => {
  const { replay } = await fleetOf([
    { at: start, cpu: upTo(95) },
    { at: start + 2000, cpu: upTo(96) },
  ])
  expect(await replay(only({ watermark: 80 }))).toMatchObject({
    processes: 1,
    samples: 15,
    totals: { 'cpu-watermark': 1 },
  })
})

it('a replay over a bucket looks at the newest dumps of those that are asked for, and reads each once', async () => {
  const planted = Array.from({ length: 9 }, (_, index): Planted => {
    return {
      at: start + index * minute,
      cpu: upTo(95),
      version: index < 5 ? '1.0.0' : '1.1.0',
      instance: `pod-${index}`,
    }
  })
  const { replay, asked } = await fleetOf(planted)
  const newest = await replay({ dumps: 3 })
  expect(newest).toMatchObject({ matching: 9, looked: 3 })
  expect(newest.notes[0]).toBe('of 9 dumps the newest 3 were looked at')
  expect((await replay({ version: '1.1.0' })).looked).toBe(4)
  expect(asked.filter(name => name === 'get')).toHaveLength(4)
})

it('a replay over a bucket goes on where a manifest is junk, and refuses thresholds and fields that there are not', async () => {
  const { replay, ask, write, plant } = await fleetOf([{ at: start, cpu: upTo(95) }])
  const id = plant({ at: start + minute })
  write(`v1/dumps/shop/pod-1/${id}/manifest.json`, '{"samples":')
  const found = await replay(only({ watermark: 80 }))
  expect(found).toMatchObject({ looked: 2, processes: 1 })
  expect(found.notes).toContain('1 dumps could not be read')
  for (const body of [{ thresholds: { cpux: {} } }, { dumps: 1001 }, { nonsense: 1 }])
    expect((await ask(body)).status).toBe(400)
})

it('a replay over a bucket stops reading when its time is over, and says so', async () => {
  const { bucket, plant } = await testBucket()
  const { createCatalogue } = await import('./catalogue.js')
  for (let index = 0; index < 20; index++) plant({ at: start + index * minute })
  const catalogue = createCatalogue({ ...bucket, onProblem() {} })
  let now = 0
  const replay = createReplay({
    catalogue,
    clock: () => now,
    async samplesOf(listed) {
      now += 15_000
      return { listed, process: listed.id, samples: compactSamples([]) }
    },
  })
  const { looked, notes } = await replay({})
  expect(looked).toBeLessThan(8)
  expect(notes).toContain('reading stopped early: there are too many samples, or the store is slow')
})

it('a replay over a bucket lets others have their answers in the middle of a process with many samples', async () => {
  const { bucket, plant } = await testBucket()
  const { createCatalogue } = await import('./catalogue.js')
  plant({ at: start })
  const samples = compactSamples(
    Array.from({ length: 5000 }, (_, index) => ({ at: start + index, values: { cpu: 50 } })),
  )
  let turns = 0
  let isOver = false
  const count = () => {
    turns++
    if (!isOver) setImmediate(count)
  }
  const replay = createReplay({
    catalogue: createCatalogue({ ...bucket, onProblem() {} }),
    async samplesOf(listed) {
      setImmediate(count)
      return { listed, process: 'one', samples }
    },
  })
  expect((await replay({})).samples).toBe(5000)
  isOver = true
  expect(turns).toBeGreaterThan(4)
})

it('a replay answers over a bucket only', async () => {
  const { createAdminHandler } = await import('@autodump/core')
  const { createFakeMonitor } = await import('../../core/src/testing/fake-monitor.js')
  const handler = createAdminHandler(createFakeMonitor(), { auth: false, prefix: '' })
  const response = await handler(
    new Request('http://localhost/replay', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }),
  )
  expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
    409,
    'this is about the dumps in a bucket: `autodump serve --bucket` answers it',
  ])
})
