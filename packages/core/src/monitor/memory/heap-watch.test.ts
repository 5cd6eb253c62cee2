import { afterEach, expect, it } from 'vitest'
import { monotonic } from '../../lib/clock/monotonic.js'
import type { AppLink } from '../../link/app-link.js'
import { createBlock } from '../../link/block.js'
import { type HeapWatch, startHeapWatch } from './heap-watch.js'

const running: HeapWatch[] = []

afterEach(() => {
  for (const watch of running.splice(0)) watch.stop()
})

/** A watch on an app whose heap V8 says is 90% full, and of which the block says 10%. */
function watched(
  answer: () => Promise<{ usedSize: number }> = async () => ({ usedSize: 90 }),
  inCall: string | null = null,
) {
  const block = createBlock({ customCount: 0 })
  block.set('heapUsedBytes', 10)
  block.set('heapLimitBytes', 100)
  const log = { attached: 0, closed: 0, errors: [] as string[], asleep: [] as boolean[] }
  let readings: [percent: number, blocked: boolean][] = []
  let told = () => {}
  const look = async () => ({ debuggerAt: null, depth: 1, inCall, heartbeat: 0 })
  const link = { post: answer, call: look, close: () => log.closed++ } as unknown as AppLink
  const openLink = async () => {
    log.attached++
    return link
  }
  const watch = startHeapWatch({
    block,
    openLink,
    onReading(percent, blockedFor) {
      readings.push([percent, blockedFor > 0])
      told()
    },
    onAnswer: (_at, isAsleep) => log.asleep.push(isAsleep),
    onError: (what, error) => log.errors.push(`${what}: ${error}`),
  })
  running.push(watch)
  return {
    block,
    log,
    watch,
    /** The next reading of which it holds. */
    async reading(matches: (percent: number, blocked: boolean) => boolean) {
      for (readings = []; ; ) {
        const found = readings.find(reading => matches(...reading))
        if (found) return found
        await new Promise<void>(resolve => {
          told = resolve
        })
      }
    },
  }
}

it('the heap watch reads the block while the event loop turns, and attaches to nothing', async () => {
  const { block, log, reading } = watched()
  block.set('heartbeat', monotonic())
  expect(await reading(() => true)).toEqual([10, false])
  expect(log.attached).toBe(0)
})

it('the heap watch asks V8 while the event loop is blocked, tells the block, and detaches when the loop turns again', async () => {
  const { block, log, reading } = watched()
  block.set('heartbeat', monotonic() - 1000)
  expect(await reading((_, blocked) => blocked)).toEqual([90, true])
  expect(await reading((_, blocked) => blocked)).toEqual([90, true])
  expect(block.get('heapUsedBytes')).toBe(90)
  expect(log).toMatchObject({ attached: 1, closed: 0 })
  block.set('heartbeat', monotonic())
  // It notices within 50 ms, and the readings are 100 ms apart.
  await reading((_, blocked) => !blocked)
  await reading((_, blocked) => !blocked)
  expect(log).toMatchObject({ attached: 1, closed: 1, errors: [] })
})

it('the heap watch lets go of the app at once when it is stopped, and says nothing of that', async () => {
  const { block, log, watch, reading } = watched()
  block.set('heartbeat', monotonic() - 1000)
  await reading((_, blocked) => blocked)
  watch.stop()
  expect(log.closed).toBe(1)
  expect(log.errors).toEqual([])
})

it('the heap watch tells of a question that fails, and asks again', async () => {
  let fails = true
  const { block, log, reading } = watched(async () => {
    if (!fails) return { usedSize: 50 }
    fails = false
    throw new Error('no reply')
  })
  block.set('heartbeat', monotonic() - 1000)
  expect(await reading((_, blocked) => blocked)).toEqual([50, true])
  expect(log.errors).toEqual(['watch the heap: Error: no reply'])
  expect(log).toMatchObject({ attached: 2, closed: 1 })
})

it.each([
  ['Atomics.wait', true],
  ['RegExp.test', false],
])('the heap watch says whether a blocked app sleeps in %s', async (inCall, isAsleep) => {
  const { block, log, reading } = watched(undefined, inCall)
  block.set('heartbeat', monotonic() - 1000)
  await reading((_, blocked) => blocked)
  expect(log.asleep[0]).toBe(isAsleep)
})
