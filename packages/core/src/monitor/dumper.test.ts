import { tmpdir } from 'node:os'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AppLink } from '../link/app-link.js'
import type { CaptureKind } from '../model/capture-kind.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { CapturingDump, Manifest } from '../model/manifest.js'
import type { Options } from '../model/options.js'
import type { InFlightTable } from '../model/request-table.js'
import type { DumpWriter, Store } from '../model/store.js'
import { resolveOptions } from '../options/options.js'
import { spike } from '../testing/fake-monitor.js'
import type { AffordablePause } from './captures/affordable-pause.js'
import { createDumper, type DumperParts } from './dumper.js'

afterEach(() => vi.useRealTimers())

/** Something that ends when a test says so. */
function held<T>() {
  let end: (value: T) => void = () => {}
  const promise = new Promise<T>(resolve => {
    end = resolve
  })
  return { promise, end }
}

const none = { total: 0, truncated: false, rows: [] }

const table = { ...none, streams: 0, tunnels: 0, staleMs: 0, outbound: none } satisfies InFlightTable

/** A dumper on a store and an app thread that do as a test says; `log` has the calls of the store. */
function setUp(
  options: Options = {},
  affordable: AffordablePause = { ms: 3500, why: '' },
  more: Partial<DumperParts> = {},
) {
  const log: string[] = []
  const seen: (CapturingDump | null)[] = []
  const errors: unknown[] = []
  const manifests: Manifest[] = []
  const sketches: Manifest[] = []
  const replies = new Map<string, Promise<unknown>>()
  let published: Promise<void> = Promise.resolve()
  const writer: DumpWriter = {
    async add(kind, { file, phase }) {
      log.push(`add ${file}`)
      return { file, kind, phase, bytes: 7, sha256: '', storedBytes: 7, state: 'complete', pauseMs: 1 }
    },
    keep: async (_, entry) => entry,
    async sketch(manifest) {
      log.push('sketch')
      sketches.push(manifest)
    },
    async publish(manifest) {
      log.push('publish')
      manifests.push(manifest)
      await published
    },
    async abandon() {
      log.push('abandon')
    },
  }
  let ids = 0
  const store: Partial<Store> = {
    newId: () => `dump-${++ids}`,
    takeQuota: () => 0,
    returnQuota: () => void log.push('return quota'),
    begin: async () => writer,
  }
  const link: AppLink = {
    async call(hook, ..._args) {
      log.push(`call ${hook}`)
      return (await (replies.get(hook) ?? table)) as never
    },
    async post(method) {
      log.push(`post ${method}`)
      return replies.get(method) ?? {}
    },
    on() {},
    close: () => void log.push('close'),
  }
  const dumper = createDumper({
    store: store as Store,
    options: resolveOptions({ dir: '/nowhere', ...options }),
    without: {},
    limits: {},
    uploadTo: null,
    openLink: async () => link,
    inAppThread: false,
    hold: () => () => {},
    knownWorkers: () => new Map(),
    hostLock: { take: async () => ({ release() {} }), spread: async () => ({ release() {} }) },
    samples: () => [],
    expectedLength: () => 5000,
    expectedPause: () => 300,
    affordablePause: () => affordable,
    onCapture: dump => void seen.push(dump),
    onTaken() {},
    onError: (what, error) => void errors.push([what, error]),
    ...more,
  })
  const begin = (kinds: CaptureKind[] = ['requests'], blockedFor = 0) =>
    dumper.begin({ trigger: spike, kinds, blockedFor })
  return {
    dumper,
    begin,
    log,
    seen,
    errors,
    manifests,
    sketches,
    /** Resolves when the app thread has been asked for the requests. */
    asked: () => vi.waitFor(() => expect(log).toContain('call requests')),
    reply: (hook: string, answer: Promise<unknown>) => void replies.set(hook, answer),
    publishing: (until: Promise<void>) => {
      published = until
    },
  }
}

const codeOf = (promise: Promise<unknown>) => promise.then(String, error => error.code)

describe('a dump in progress', () => {
  it('is told when it begins, makes progress and ends, and what was told stays as it was', async () => {
    const { begin, seen, dumper } = setUp()
    const { id, done } = begin()
    expect(dumper.current()).toMatchObject({ id, kinds: ['requests'], done: [], pending: [] })
    await done
    const [first] = seen
    expect(first).toMatchObject({ id, state: 'capturing', done: [] })
    expect(Date.parse(first?.endsAt ?? '') - Date.parse(first?.createdAt ?? '')).toBe(5000)
    expect(seen.at(-2)?.done).toEqual([
      { file: 'requests.json', kind: 'requests', state: 'complete', bytes: 7, pauseMs: 1 },
    ])
    expect([seen.at(-1), dumper.current()]).toEqual([null, null])
  })
})

describe('a dump whose cause was recorded', () => {
  const recorded: CpuProfile = {
    nodes: [
      {
        id: 1,
        callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 },
        children: [2],
      },
      {
        id: 2,
        callFrame: { functionName: 'parse', scriptId: '1', url: 'file:///a.js', lineNumber: 1, columnNumber: 1 },
      },
    ],
    startTime: 0,
    endTime: 1e6,
    samples: Array.from({ length: 1000 }, () => 2),
    timeDeltas: Array.from({ length: 1000 }, () => 1000),
  }

  it('names the culprit while it is still being captured', async () => {
    const recording = async () => ({ profile: recorded, pauseMs: 1, engine: 'v8-profiler-next' as const })
    const { begin, dumper, sketches, manifests, log } = setUp({}, undefined, { recording })
    const { done } = begin(['cpu-profile', 'requests'])
    await vi.waitFor(() => expect(dumper.current()?.firstSummary?.text).toContain('parse'))
    expect(sketches).toMatchObject([{ state: 'partial', summary: dumper.current()?.firstSummary }])
    expect(sketches[0]?.artifacts).toMatchObject([{ kind: 'requests' }])
    await dumper.finish()
    await done
    expect(manifests).toHaveLength(1)
    expect(log.indexOf('sketch')).toBeLessThan(log.indexOf('publish'))
  })

  it.each([
    ['says what still blocks', 60_000, /has been blocked for 60\.0 s and still is.* is running/],
    [
      'does not say so of an event loop that has come back',
      0,
      /was blocked for at least 1\.1 s\. .*In the .* before parse/,
    ],
  ])('%s', async (_, stuckFor, says) => {
    const recording = async () => ({ profile: recorded, pauseMs: 1, engine: 'v8-profiler-next' as const })
    const open = async () => Promise.reject(new Error('nobody attaches'))
    const stuck = { stuckFor: () => stuckFor, heartbeat: () => 1, lastAttachMs: () => 0, open }
    const { begin, dumper } = setUp({ captures: { frames: false } }, undefined, { recording, stuck })
    const { done } = begin(['cpu-profile'], 1100)
    await vi.waitFor(() => expect(dumper.current()?.firstSummary?.text).toMatch(says))
    await dumper.finish()
    await done
  })
})

describe('a profile that looks like a spin', () => {
  const frame = (functionName: string) => ({ functionName, scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 })
  const profile: CpuProfile = {
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2] },
      { id: 2, callFrame: frame('(idle)') },
    ],
    startTime: 0,
    endTime: 1e6,
    samples: [2, 2],
    timeDeltas: [0, 1000],
  }
  const turning = (utilization: number) => ({
    samples: () => [{ at: Date.now() + 1000, values: { eventLoopUtilization: utilization } }],
  })

  it.each([
    ['what comes back is counted', 100, {}, true],
    ['nothing is counted in a loop that waits', 30, {}, false],
    ['nothing is counted with that kind off', 100, { captures: { 'async-wait': false } }, false],
  ])('%s', async (_, utilization, options, isCounted) => {
    const { begin, log, reply } = setUp({ cpuProfile: { duration: 50 }, ...options }, undefined, turning(utilization))
    reply('profiler.engine', Promise.resolve('v8-profiler-next'))
    reply('profiler.start', Promise.resolve({ at: 0, pauseMs: 1 }))
    reply('profiler.stop', Promise.resolve({ json: JSON.stringify(profile), pauseMs: 1 }))
    await begin(['cpu-profile']).done
    expect(log.includes('call asyncWait.watch')).toBe(isCounted)
  })
})

describe('kinds of evidence', () => {
  const wait = { durationMs: 0 }

  it('that stop the app begin when all others have ended, and one after the other', async () => {
    const { begin, log, seen, reply, asked } = setUp({ dir: tmpdir() })
    const table = held<unknown>()
    reply('requests', table.promise)
    reply('memory.usage', Promise.resolve({ heapUsed: 1, rss: 1 }))
    const { done } = begin(['requests', 'async-stacks', 'heap-snapshot'])
    await asked()
    await vi.waitFor(() => expect(log).toContain('call memory.usage'))
    await new Promise(resolve => setImmediate(resolve))
    expect(log).not.toContain('post HeapProfiler.takeHeapSnapshot')
    expect(seen.at(-1)?.taking).toEqual([{ kind: 'requests', since: expect.any(String), expectedMs: 5000 }])
    table.end({ ...none, staleMs: 0, outbound: none })
    await done
    const order = log.filter(line => /^add requests|takeHeapSnapshot|memory.countSnapshot/.test(line))
    expect(order.slice(0, 3)).toEqual([
      'add requests.json',
      'post HeapProfiler.takeHeapSnapshot',
      'call memory.countSnapshot',
    ])
    const taken = seen.flatMap(dump => dump?.taking.map(({ kind }) => kind).join() ?? [])
    expect([...new Set(taken)].filter(Boolean)).toEqual(['requests', 'async-stacks', 'heap-snapshot'])
  })

  it('that would stop streams for too long are left out, which is no failure of ours', async () => {
    const { begin, manifests, log, errors } = setUp({}, { ms: 200, why: '520 open streams would stand still' })
    await begin(['requests', 'heap-snapshot']).done
    const why = 'it would stop the app for about 300 ms, and 200 ms are the most: 520 open streams would stand still'
    const failed = manifests[0]?.artifacts.map(({ kind, error }) => `${kind}: ${error}`)
    // Instead of the snapshot, and no cheaper here.
    expect(new Set(failed)).toEqual(
      new Set(['requests', 'heap-snapshot', 'heap-profile'].map(kind => `${kind}: ${why}`)),
    )
    expect(log.filter(line => line.startsWith('call'))).toEqual([])
    expect(errors).toEqual([])
  })

  it('that fail leave the others whole, and what they kept', async () => {
    const { begin, manifests, reply } = setUp()
    reply('memory.sampling', Promise.resolve({ running: true, sampleInterval: 1, by: 'autodump' }))
    reply('memory.usage', Promise.resolve({ heapUsed: 1, rss: 1 }))
    reply('HeapProfiler.getSamplingProfile', Promise.reject(new Error('it is gone')))
    reply('profiler.engine', Promise.resolve('inspector'))
    reply('Profiler.start', Promise.reject(new Error('no profiler')))
    await begin(['cpu-profile', 'requests', 'heap-profile']).done
    const [manifest] = manifests
    expect(manifest?.state).toBe('partial')
    expect(manifest?.artifacts.map(({ kind, state }) => [kind, state])).toEqual([
      ['cpu-profile', 'failed'],
      ['requests', 'complete'],
      ['heap-profile', 'failed'],
    ])
  })

  it('that hang for ever are given up, with what was there, while the others are whole', async () => {
    vi.useFakeTimers()
    const { begin, manifests, reply } = setUp()
    reply('requests', held().promise)
    reply('asyncWait.watch', Promise.resolve(wait))
    reply('asyncWait.collect', held().promise)
    reply('memory.usage', Promise.resolve({ heapUsed: 1, rss: 1 }))
    const { done } = begin(['requests', 'async-wait', 'report'])
    reply('report', Promise.resolve({ json: JSON.stringify({ header: {} }), pauseMs: 1 }))
    await vi.advanceTimersByTimeAsync(36_000)
    await done
    const [manifest] = manifests
    expect(manifest?.state).toBe('partial')
    const failed = manifest?.artifacts.filter(({ state }) => state === 'failed').map(({ kind }) => kind)
    expect(failed).toEqual(['requests', 'async-wait'])
    expect(manifest?.artifacts.find(({ kind }) => kind === 'requests')?.error).toMatch(
      /^no request table reply within 35000 ms/,
    )
  })
})

describe('cancelling', () => {
  it('removes what was written at once, and opens the gate when the app thread has let go', async () => {
    const { begin, dumper, log, errors, seen, reply, asked } = setUp()
    const busy = held()
    reply('requests', busy.promise)
    const { id, done } = begin()
    await asked()
    const cancelled = dumper.cancel(id)
    expect(log).toContain('abandon')
    const left = ['the app thread, which is not done with what was cancelled']
    await vi.waitFor(() => expect(dumper.current()?.pending).toEqual(left))
    expect(begin).toThrow('was cancelled, and the app thread is not done with it')
    expect(log).not.toContain('close')

    busy.end(table)
    expect(await cancelled).toBe('cancelled')
    expect(await codeOf(done)).toBe('CANCELLED')
    expect(seen.at(-1)).toBeNull()
    // The late result goes to the writer, which is closed; the last call says that the app thread is done.
    expect(log).toEqual(['call requests', 'abandon', 'add requests.json', 'call profiler.now', 'close'])
    expect(errors).toEqual([])
    await begin().done
    expect(log).toContain('publish')
  })

  it('does not wait for the app thread for longer than two seconds, and the gate stays closed', async () => {
    vi.useFakeTimers()
    const { begin, dumper, log, reply, asked } = setUp()
    const native = held()
    reply('requests', native.promise)
    const { id, done } = begin()
    await asked()
    const cancelled = dumper.cancel(id)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await cancelled).toBe('cancelled')
    expect(log).toContain('abandon')
    expect(begin).toThrow('was cancelled')
    // Asked again it is the same.
    native.end(table)
    expect(await dumper.cancel(id)).toBe('cancelled')
    expect(await codeOf(done)).toBe('CANCELLED')
    expect(dumper.current()).toBeNull()
  })

  it('gives the app thread up in the end, and says so', async () => {
    vi.useFakeTimers()
    const { begin, dumper, errors, reply, asked } = setUp()
    reply('requests', held().promise)
    const { id, done } = begin()
    await asked()
    void dumper.cancel(id)
    const code = codeOf(done)
    await vi.advanceTimersByTimeAsync(61_000)
    expect(await code).toBe('CANCELLED')
    expect([dumper.current(), errors]).toMatchObject([null, [['let go of a cancelled dump', expect.any(Error)]]])
  })

  it('comes too late once the dump is being published', async () => {
    const { begin, dumper, log, publishing } = setUp()
    const disk = held<void>()
    publishing(disk.promise)
    const { id, done } = begin()
    await vi.waitFor(() => expect(log).toContain('publish'))
    const outcome = dumper.cancel(id)
    disk.end()
    expect([await outcome, (await done).id]).toEqual(['finished', id])
    expect(log).not.toContain('abandon')
    expect(await dumper.cancel(id)).toBe('unknown')
  })

  it('works before the directory is there', async () => {
    const { begin, dumper, log } = setUp()
    const { id, done } = begin()
    expect([await dumper.cancel(id), await codeOf(done)]).toEqual(['cancelled', 'CANCELLED'])
    expect(log).toEqual(['abandon'])
  })

  it('leaves a dump alone that is not meant', async () => {
    const { begin, dumper } = setUp()
    const { done } = begin()
    expect(await dumper.cancel('another')).toBe('unknown')
    expect((await done).id).toBe('dump-1')
  })

  it('a heap that is nearly full gets no hurried dump out of a cancelled one', async () => {
    const { begin, dumper, reply, asked } = setUp()
    const busy = held()
    reply('requests', busy.promise)
    const { id } = begin()
    await asked()
    const cancelled = dumper.cancel(id)
    expect(dumper.hurry('the heap is full')).toBe(false)
    busy.end(table)
    await cancelled
  })
})
