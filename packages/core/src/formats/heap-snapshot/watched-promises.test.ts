import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createAsyncStacksHooks } from '../../app/mid-block/async-stacks/hooks.js'
import { fromJson } from '../../link/json.js'
import type { WatchOptions, WatchReply } from '../../link/promise-watch.js'
import { fromPromises } from '../../monitor/captures/from-promises.js'

const asyncStacks = createAsyncStacksHooks()

const { hooks } = asyncStacks

const watch = (options: Partial<WatchOptions> = {}) =>
  hooks['asyncStacks.watch']({ deadlineMs: 10_000, maxPromises: 10_000, budgetMs: 10_000, ...options })

const collect = () => fromJson(hooks['asyncStacks.collect']())

/** Waits are let go after each test. */
const waiters: ((value?: unknown) => void)[] = []

function wait(): Promise<unknown> {
  return new Promise(resolve => waiters.push(resolve))
}

afterEach(() => {
  for (const resolve of waiters.splice(0)) resolve()
})

async function query() {
  await null
  await wait()
}

async function load() {
  await query()
}

async function handle() {
  await load()
}

async function both() {
  await Promise.all([query(), query()])
}

async function direct() {
  await wait()
}

async function chained() {
  await query().then(() => 1)
}

/** The groups by their chain, without the tests themselves, which wait too. */
function chains(reply: WatchReply) {
  return Object.fromEntries(
    fromPromises(reply).groups.flatMap(({ frames, count, waitsOn }) => {
      const own = ['start', '(anonymous)']
      const names = frames.filter(({ package: owner }) => !owner).map(frame => frame.function)
      const chain = names.filter(name => !own.includes(name)).join(' < ')
      return chain ? [[chain, { count, ...waitsOn }]] : []
    }),
  )
}

async function start(...functions: (() => unknown)[]) {
  for (const one of functions) one()
  await turn()
}

describe('watched promises', () => {
  it('give every chain that began to wait, with its count, and the one that made the innermost promise', async () => {
    watch()
    await start(...Array.from({ length: 50 }, () => handle), ...Array.from({ length: 7 }, () => direct), both, chained)
    const reply = collect()
    const waitsOn = {
      type: 'promise',
      detail: expect.stringMatching(/^made in wait \(watched-promises.test.ts:\d+\)$/),
    }
    expect(chains(reply)).toEqual({
      'query < load < handle': { count: 50, ...waitsOn },
      direct: { count: 7, ...waitsOn },
      'query < Promise.all < both': { count: 2, ...waitsOn },
      'query < chained': { count: 1, ...waitsOn },
    })
    // Each suspended function once: 50 times three, 7, both and its two, chained and its one.
    expect(fromPromises(reply).total).toBeGreaterThanOrEqual(50 * 3 + 7 + 3 + 2)
    expect(fromPromises(reply).truncated).toBe(false)
  })

  it('are not seen when they were over, or when they began before', async () => {
    await start(direct)
    watch()
    await start(handle)
    for (const resolve of waiters.splice(0)) resolve()
    await turn()
    expect(chains(collect())).toEqual({})
  })

  it('are told apart by what is known of Node', async () => {
    const { setTimeout: delay } = await import('node:timers/promises')
    const abort = new AbortController()
    async function sleeps() {
      await delay(60_000, null, { signal: abort.signal }).catch(() => {})
    }
    watch()
    await start(sleeps)
    const found = chains(collect())
    abort.abort()
    expect(found.sleeps).toMatchObject({ count: 1, type: 'timer' })
  })

  it('run no code of the application', async () => {
    const { prepareStackTrace, captureStackTrace, stackTraceLimit } = Error
    let calls = 0
    Error.prepareStackTrace = () => calls++
    Error.captureStackTrace = () => calls++
    try {
      watch()
      await start(handle, direct)
      expect(collect().groups.length).toBeGreaterThan(0)
      expect(calls).toBe(0)
      expect(Error.stackTraceLimit).toBe(stackTraceLimit)
    } finally {
      Object.assign(Error, { prepareStackTrace, captureStackTrace })
    }
  })

  it('are bounded in number, and the result says that it is not whole', async () => {
    watch({ maxPromises: 20 })
    await start(...Array.from({ length: 50 }, () => direct))
    const reply = collect()
    expect(reply.stoppedEarly).toBe('promises')
    expect(reply.pending).toBeLessThanOrEqual(20)
    expect(fromPromises(reply).truncated).toBe(true)
  })

  it('are bounded in the time that they take', async () => {
    watch({ budgetMs: 1 })
    await start(...Array.from({ length: 5000 }, () => direct))
    const { stoppedEarly, seen, spentMs, pauseMs } = collect()
    expect(stoppedEarly).toBe('time')
    expect(seen).toBeLessThan(10_000)
    expect(spentMs - pauseMs).toBeLessThan(50)
  })

  it('are let go by a deadline that nobody has to keep', async () => {
    watch({ deadlineMs: 30 })
    await start(direct)
    await new Promise(resolve => setTimeout(resolve, 60))
    await start(direct)
    expect(collect()).toMatchObject({ pending: 0, groups: [] })
  })

  it('are let go also where promises keep every timer from running', async () => {
    watch({ deadlineMs: 30 })
    await start(direct)
    const end = performance.now() + 60
    do await null
    while (performance.now() < end)
    await null
    const { pending } = collect()
    expect(pending).toBe(0)
  })

  it('are refused when the monitor has stopped', () => {
    const stopped = createAsyncStacksHooks()
    stopped.dispose()
    expect(() => stopped.hooks['asyncStacks.watch']({ deadlineMs: 1000, maxPromises: 1, budgetMs: 1 })).toThrow(
      'stopped',
    )
    expect(() => stopped.hooks['asyncStacks.prepare']()).toThrow('stopped')
    expect(() => collect()).toThrow('not being watched')
  })
})
