import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { monotonic } from '../lib/clock/monotonic.js'
import { createBlock } from '../link/block.js'
import { longestStart, readStart } from '../link/start.js'

beforeEach(() => {
  vi.resetModules()
  vi.spyOn(process, 'getActiveResourcesInfo').mockReturnValue([])
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** A program that began a second ago, as a monitor of its own sees it. */
async function program(
  parts: {
    age?: number
    idleTime?: () => number
    cpuTime?: () => number
    cut?: () => void
    isAwaited?: () => boolean
  } = {},
) {
  const { createStartWatch } = await import('./starting.js')
  const block = createBlock({ customCount: 0 })
  const cut = vi.fn(parts.cut)
  const onError = vi.fn()
  const watch = createStartWatch({
    block,
    cut,
    onError,
    isAwaited: parts.isAwaited,
    age: () => parts.age ?? 1000,
    idleTime: parts.idleTime ?? (() => 1),
    cpuTime: parts.cpuTime ?? (() => performance.now()),
  })
  const start = () => readStart(block, monotonic())
  watch.start()
  return { watch, cut, onError, start }
}

async function listen() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.close()
}

it('a program starts until it listens; what was late before is cut off', async () => {
  const { cut, start } = await program()
  expect(start()).toMatchObject({ isOverdue: false })
  expect(start()?.ms).toBeGreaterThanOrEqual(1000)
  await listen()
  expect([start(), cut.mock.calls.length]).toEqual([null, 1])
  await listen()
  expect(cut).toHaveBeenCalledOnce()
})

it('a program that waits for the monitor has not come to rest', async () => {
  let isAwaited = true
  const { watch, start } = await program({ idleTime: () => 0, isAwaited: () => isAwaited })
  await new Promise(resolve => setTimeout(resolve, 1500))
  expect(start()).not.toBeNull()
  isAwaited = false
  await vi.waitFor(() => expect(start()).toBeNull(), { timeout: 20_000 })
  watch.stop()
})

it('a program starts until its event loop has come to rest', async () => {
  let idle = 1
  const { watch, start } = await program({ idleTime: () => idle })
  // Busy: nothing is idle between two looks.
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(start()).not.toBeNull()
  idle = 0 // As where nobody counts it.
  await vi.waitFor(() => expect(start()).toBeNull(), { timeout: 30_000 })
  watch.stop()
})

it('an event loop that idles has come to rest, also where the machine wakes it late', async () => {
  // It idles all the time, and each look at it is late.
  const { watch, start } = await program({ idleTime: () => performance.now() })
  const late = setInterval(() => {
    for (const end = performance.now() + 250; performance.now() < end; );
  }, 10)
  await vi.waitFor(() => expect(start()).toBeNull(), { timeout: 30_000 })
  clearInterval(late)
  watch.stop()
})

it('an event loop at rest whose timers wait for the CPU has come to rest; one that uses it has not', async () => {
  const idleTime = () => 0.5 * performance.now()
  let used = (now: number) => now
  const { watch, start } = await program({ idleTime, cpuTime: () => used(performance.now()) })
  await new Promise(resolve => setTimeout(resolve, 1500))
  expect(start()).not.toBeNull()
  used = now => 0.1 * now
  await vi.waitFor(() => expect(start()).toBeNull(), { timeout: 30_000 })
  watch.stop()
})

it('a program that is older than half a minute, or has a server, has started', async () => {
  expect((await program({ age: longestStart })).start()).toBeNull()
  vi.resetModules()
  vi.mocked(process.getActiveResourcesInfo).mockReturnValue(['TCPServerWrap'])
  expect((await program()).start()).toBeNull()
})

it('a start is over for all monitors of the process, and a monitor that stops watches no more', async () => {
  const first = await program()
  const second = await program()
  second.watch.stop()
  await listen()
  expect(first.start()).toBeNull()
  expect(second.cut).not.toHaveBeenCalled()
  expect((await program()).start()).toBeNull()
})

it('a failure at that moment stays out of the app’s own listen', async () => {
  const { onError, start } = await program({
    cut() {
      throw new Error('no histogram')
    },
  })
  await listen()
  expect([start(), onError.mock.calls.length]).toEqual([null, 1])
})

it('a start that takes too long is overdue', async () => {
  const { watch } = await program()
  watch.stop()
  const block = createBlock({ customCount: 0 })
  block.set('startsUntil', 5000)
  expect(readStart(block, 6000)).toEqual({ ms: longestStart + 1000, isOverdue: true })
})
