import { describe, expect, it, vi } from 'vitest'
import { toJson } from '../../link/json.js'
import type { WatchReply } from '../../link/promise-watch.js'
import type { AsyncStacksEvidence } from '../../model/async-stacks.js'
import type { Without } from '../../model/capture-kind.js'
import type { Evidence } from '../../model/evidence.js'
import type { TriggerInfo } from '../../model/manifest.js'
import type { ResolvedOptions } from '../../model/options.js'
import { resolveOptions } from '../../options/options.js'
import { type FakeHooks, fakeLink } from '../../testing/hooks.js'
import { type AppActivity, affordablePause } from './affordable-pause.js'
import { createAsyncStacksCapture } from './async-stacks.js'
import type { CaptureContext } from './capture.js'

const mib = 1024 ** 2

/** An app thread with a heap of `heap` bytes that knows of nothing that waits. */
function contextOf(
  heap: number,
  more: {
    rule?: TriggerInfo['rule']
    options?: ResolvedOptions
    without?: Without
    activity?: Partial<AppActivity>
  } = {},
) {
  const posted: string[] = []
  const called: string[] = []
  const nothing: WatchReply = {
    groups: [],
    seen: 0,
    pending: 0,
    stoppedEarly: null,
    watchedMs: 2000,
    spentMs: 0,
    pauseMs: 0,
  }
  const note = (...call: string[]) => void called.push(call.join(' '))
  const hooks: FakeHooks = {
    'memory.usage': () => ({ ...process.memoryUsage(), heapUsed: heap, heapLimit: 2 * heap }),
    'asyncStacks.prepare'() {
      note('asyncStacks.prepare')
      return 0
    },
    'asyncStacks.watch'(options) {
      note('asyncStacks.watch', JSON.stringify(options))
      return true
    },
    'asyncStacks.collect'() {
      note('asyncStacks.collect')
      return toJson(nothing)
    },
  }
  const link = fakeLink(hooks, {
    post: async method => {
      posted.push(method)
      if (method === 'HeapProfiler.takeHeapSnapshot') throw new Error('no snapshot in this test')
      return {}
    },
  })
  const context = {
    link: async () => link,
    duration: 5000,
    trigger: { rule: more.rule ?? 'spike' },
    options: more.options ?? resolveOptions(),
    without: more.without,
    blockedFor: 0,
    expectedPause: () => 50 * (heap / mib),
    affordablePause: () =>
      affordablePause({ ...{ streams: 0, longPolls: 0, inFlight: 0, hanging: 0, utilization: 5 }, ...more.activity }),
    wait: vi.fn(async () => ({ cutShort: false })),
    pending: vi.fn(),
  } as unknown as CaptureContext
  return { context, posted, called }
}

const asyncStacksWith = (free: number) => createAsyncStacksCapture(() => free)

describe('the gate of async stacks', () => {
  const plenty = 64 * 1024 * mib

  it('lets a rule stop an app with traffic for 3.5 s', async () => {
    const { context, posted, called } = contextOf(70 * mib)
    await expect(asyncStacksWith(plenty).take(context)).rejects.toThrow('no snapshot in this test')
    expect(posted).toContain('HeapProfiler.takeHeapSnapshot')
    expect(called[0]).toBe('asyncStacks.prepare')
  })

  it('has promises watched instead of a heap above the option, for two seconds, and says why', async () => {
    const { context, posted, called } = contextOf(512 * mib + 1)
    const [json, collapsed] = await asyncStacksWith(plenty).take(context)
    expect(posted).toEqual([])
    expect(called).toEqual([
      'asyncStacks.watch {"deadlineMs":7000,"maxPromises":5000,"budgetMs":200}',
      'asyncStacks.collect',
    ])
    expect(context.wait).toHaveBeenCalledWith(2000)
    const value = json?.value as AsyncStacksEvidence
    expect(value).toMatchObject({ source: 'promise-hooks', total: 0, groups: [], heapBytes: 512 * mib + 1 })
    expect(value.note).toBe(
      'Only what began to wait within 2000 ms and still waits, because the heap of 512 MiB is over asyncStacks.maxHeapBytes, 512 MiB. Lines are where a function waits or calls.',
    )
    expect(JSON.parse(json?.content as string)).toEqual(value)
    expect(json).toMatchObject({ file: 'async-stacks.json', engine: 'promise-hooks', phase: 'during' })
    expect(collapsed).toMatchObject({ file: 'async-stacks.collapsed.txt', content: '' })
  })

  const takes = async (heap: number, activity: Partial<AppActivity>) => {
    const { context, posted } = contextOf(heap * mib, { activity })
    const taken = await asyncStacksWith(plenty)
      .take(context)
      .catch(() => null)
    const evidence = taken?.[0]?.value as AsyncStacksEvidence | undefined
    return posted.length > 0 ? 'snapshot' : evidence?.note
  }

  it('goes by what would be lost', async () => {
    expect(await takes(72, {})).toMatch(
      /because a snapshot is too dear: it would stop the app for about 3\.6 s, and 3\.5 s are the most: requests are being/,
    )
    // All hang, and the loop is idle.
    const deadlock = { inFlight: 61, hanging: 60 }
    expect(await takes(90, deadlock)).toBe('snapshot')
    expect(await takes(300, deadlock)).toBe('snapshot')
    expect(await takes(90, { ...deadlock, utilization: 90 })).toMatch(/requests are being answered/)
    expect(await takes(90, { inFlight: 60, hanging: 20 })).toMatch(/requests are being answered/)
    // Streams are lost however idle the rest is.
    expect(await takes(5, { ...deadlock, streams: 520 })).toMatch(
      /200 ms are the most: 520 open streams would stand still/,
    )
    expect(await takes(5, { longPolls: 1 })).toMatch(/1 long poll would stand still/)
    expect(await takes(3, { streams: 520 })).toBe('snapshot')
  })

  it('has promises watched where the process can take no snapshot at all', async () => {
    const { context, posted } = contextOf(mib, {
      rule: 'manual',
      without: { 'heap-snapshot': 'there is no inspector' },
    })
    const [evidence] = await asyncStacksWith(plenty).take(context)
    const { source, note } = (evidence as Evidence).value as AsyncStacksEvidence
    expect([source, note]).toEqual(['promise-hooks', expect.stringContaining('because there is no inspector')])
    expect(posted).toEqual([])
  })

  it('is where the options say', async () => {
    const { context, posted } = contextOf(64 * mib, { options: resolveOptions({ asyncStacks: { maxHeapBytes: 0 } }) })
    await asyncStacksWith(plenty).take(context)
    expect(posted).toEqual([])
  })

  it('is open for whoever asks by hand', async () => {
    const { context, posted } = contextOf(500 * mib, { rule: 'manual' })
    await expect(asyncStacksWith(plenty).take(context)).rejects.toThrow('no snapshot')
    expect(posted).toContain('HeapProfiler.takeHeapSnapshot')
  })

  it.each(['spike', 'manual'] as const)('is shut for a %s where the memory for it is not there', async rule => {
    const { context, posted } = contextOf(20 * mib, { rule })
    const [json] = await asyncStacksWith(319 * mib).take(context)
    expect(posted).toEqual([])
    expect(json?.value).toMatchObject({
      note: expect.stringContaining('a snapshot of a heap of 20 MiB may take 320 MiB and 319 MiB are left'),
    })
  })
})
