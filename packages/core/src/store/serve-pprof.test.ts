import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CaptureKind } from '../model/capture-kind.js'
import type { Evidence } from '../model/evidence.js'
import { manifestOf, temporaryDirectory, testStore } from '../testing/dumps.js'
import { readPprof } from '../testing/read-pprof.js'
import { callFrame, recursionHeapProfile, recursionProfile } from '../testing/v8-profiles.js'
import { pprofOf } from './serve-pprof.js'

/** A dump that began at `createdAt` and has these artifacts. */
async function publish(artifacts: [CaptureKind, Evidence][], createdAt = '2026-11-24T00:00:00.000Z') {
  const { store } = await testStore(temporaryDirectory())
  const id = store.newId(Date.parse(createdAt), 'cpu', 'spike')
  const writer = await store.begin(id)
  const entries = []
  for (const [kind, evidence] of artifacts) entries.push(await writer.add(kind, evidence))
  const manifest = manifestOf(id, { artifacts: entries })
  manifest.process.labels = { service: 'shop', version: '1.2.3' }
  await writer.publish(manifest)
  return { store, id }
}

const during = (file: string, value: unknown, more: Partial<Evidence> = {}): Evidence => ({
  file,
  phase: 'during',
  content: JSON.stringify(value),
  ...more,
})

const cpu = recursionProfile(3)

const lasts = (cpu.endTime - cpu.startTime) / 1000

function published() {
  return publish([
    ['cpu-profile', during('cpu.cpuprofile', cpu)],
    ['requests', during('requests.json', {})],
    ['cpu-profile', during('odd.cpuprofile', { nodes: 7 })],
  ])
}

it('the route of pprof converts a profile of the store, with what the manifest knows', async () => {
  const { store, id } = await published()
  const profile = await pprofOf(store, id, 'cpu.cpuprofile')
  expect(profile?.name).toBe('cpu.pb.gz')
  expect(gunzipSync(profile?.bytes as Uint8Array).toString('latin1')).toContain('nothing happened')
})

it('the route of pprof knows only what the store knows', async () => {
  const { store, id } = await published()
  expect(await pprofOf(store, id, 'no.cpuprofile')).toBeUndefined()
  expect(await pprofOf(store, '../etc', 'passwd')).toBeUndefined()
})

it('the route of pprof refuses what is no profile', async () => {
  const { store, id } = await published()
  await expect(pprofOf(store, id, 'requests.json')).rejects.toMatchObject({
    code: 'INVALID',
    errors: [{ field: 'format', message: 'pprof is there for cpu-profile, heap-profile and async-wait, got requests' }],
  })
  await expect(pprofOf(store, id, 'odd.cpuprofile')).rejects.toMatchObject({ code: 'INVALID' })
})

describe('what a profile says of itself', () => {
  const millisOf = ({ timeNanos }: ReturnType<typeof readPprof>) => Number(timeNanos / 1_000_000n)
  const read = async ({ store, id }: Awaited<ReturnType<typeof publish>>, file: string) =>
    readPprof((await pprofOf(store, id, file))?.bytes as Uint8Array)

  it('is when it began itself, not when the dump did', async () => {
    const heap = JSON.parse(recursionHeapProfile(3))
    const [trigger, later] = [Date.parse('2026-11-24T00:00:00.000Z'), Date.parse('2026-11-24T00:00:07.000Z')]
    const dump = await publish([
      ['cpu-profile', { ...during('cpu-before.cpuprofile', cpu), phase: 'before', startedAt: trigger - 5500 }],
      ['cpu-profile', during('cpu.cpuprofile', cpu, { startedAt: trigger + 250 })],
      ['heap-profile', during('heap.heapprofile', heap, { startedAt: trigger + 20 })],
      ['heap-profile', during('heap-later.heapprofile', heap, { startedAt: later })],
    ])
    expect(millisOf(await read(dump, 'cpu-before.cpuprofile'))).toBe(trigger - 5500)
    expect(millisOf(await read(dump, 'cpu.cpuprofile'))).toBe(trigger + 250)
    expect(millisOf(await read(dump, 'heap.heapprofile'))).toBe(trigger + 20)
    expect(millisOf(await read(dump, 'heap-later.heapprofile'))).toBe(later)
  })

  it('is that it ended at the trigger, where an older dump does not say when what was before it began', async () => {
    const dump = await publish([
      ['cpu-profile', { ...during('cpu-before.cpuprofile', cpu), phase: 'before' }],
      ['cpu-profile', during('cpu.cpuprofile', cpu)],
    ])
    const trigger = Date.parse('2026-11-24T00:00:00.000Z')
    expect(millisOf(await read(dump, 'cpu-before.cpuprofile'))).toBe(Math.round(trigger - lasts))
    expect(millisOf(await read(dump, 'cpu.cpuprofile'))).toBe(trigger)
  })

  it('is the interval of the heap samples, that of V8 where another tool has set it', async () => {
    const heap = JSON.parse(recursionHeapProfile(3))
    const dump = await publish([
      ['heap-profile', during('heap.heapprofile', heap, { sampleInterval: 131_072 })],
      ['heap-profile', during('heap-later.heapprofile', heap)],
    ])
    expect((await read(dump, 'heap.heapprofile')).period).toBe(131_072)
    expect((await read(dump, 'heap-later.heapprofile')).period).toBe(524_288)
  })

  it('is the labels of the process as comments: samples with them would double the labels of a scrape', async () => {
    const { comments, samples } = await read(await published(), 'cpu.cpuprofile')
    expect(comments).toEqual(['nothing happened', 'service=shop', 'version=1.2.3'])
    for (const { labels } of samples) expect(labels).toEqual({})
  })

  it('is waits and their time for a profile of what was waited for', async () => {
    const startTime = Date.parse('2026-11-24T00:00:01.000Z') * 1000
    const waits = {
      nodes: [
        { id: 1, callFrame: callFrame('(root)'), children: [2] },
        { id: 2, callFrame: callFrame('TCPWRAP'), children: [3, 4] },
        { id: 3, callFrame: callFrame('load', 'file:///srv/shop.js', 6) },
        { id: 4, callFrame: callFrame('save', 'file:///srv/shop.js', 16) },
      ],
      startTime,
      endTime: startTime + 9_000_000,
      samples: [3, 4, 1],
      timeDeltas: [0, 8_000_000, 1_000_000],
      autodump: { watchedMs: 2000, counts: [40, 2] },
    }
    const dump = await publish([['async-wait', during('async-wait.cpuprofile', waits)]])
    const profile = await read(dump, 'async-wait.cpuprofile')
    expect(profile).toMatchObject({
      types: ['wait/nanoseconds', 'waits/count'],
      defaultType: 'wait',
      periodType: 'waits/count',
      period: 1,
      durationNanos: 2_000_000_000,
      samples: [
        { stack: ['load /srv/shop.js:7', 'TCPWRAP'], values: [8_000_000_000, 40] },
        { stack: ['save /srv/shop.js:17', 'TCPWRAP'], values: [1_000_000_000, 2] },
      ],
    })
  })

  it('is nothing where the capture failed', async () => {
    const dump = await publish([['cpu-profile', { ...during('../cpu', cpu) }]])
    expect(await pprofOf(dump.store, dump.id, '')).toBeUndefined()
  })
})
