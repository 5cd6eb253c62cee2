import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { monotonic } from '../../lib/clock/monotonic.js'
import { createBlock } from '../../link/block.js'
import { createPublisher, type Publisher } from './publisher.js'

const running: Publisher[] = []

afterEach(() => {
  for (const publisher of running.splice(0)) publisher.stop()
})

interface AppOptions {
  metrics?: Record<string, () => number>
  scan?: () => number
  longestWait?: () => number
  interval?: number
}

function createApp(options: AppOptions = {}) {
  const { metrics = {}, scan = () => 0, longestWait = () => 0, interval = 100 } = options
  const block = createBlock({ customCount: Object.keys(metrics).length })
  const errors: string[] = []
  const publisher = createPublisher({
    block,
    interval,
    customMetrics: metrics,
    inFlight: {
      scan,
      begun: () => 4,
      found: () => ({ streams: 3, longPolls: 2, hanging: 1, longestWait: longestWait() }),
      beat() {},
    },
    onError: (what, error) => errors.push(`${what}: ${(error as Error).message}`),
  })
  running.push(publisher)
  return { block, errors, publisher }
}

/** Somebody else may be using the cores. */
const patience = { timeout: 20_000, interval: 10 }

function spin(ms: number) {
  const end = monotonic() + ms
  while (monotonic() < end);
}

describe('publishing', () => {
  it('dates the oldest request that waits, and says where none does', () => {
    const before = monotonic()
    const { block, publisher } = createApp({ longestWait: () => 40_000 })
    publisher.start()
    expect(block.get('oldestRequest')).toBeGreaterThanOrEqual(before - 40_000)
    expect(block.get('oldestRequest')).toBeLessThanOrEqual(monotonic() - 40_000)
    const idle = createApp()
    idle.publisher.start()
    expect(idle.block.get('oldestRequest')).toBeNaN()
  })

  it('has every figure there as soon as it has started', () => {
    const { block, publisher } = createApp({ metrics: { queue: () => 7 }, scan: () => 3 })
    publisher.start()
    expect(block.get('heapUsedBytes')).toBeGreaterThan(1e6)
    expect(block.get('heapLimitBytes')).toBeGreaterThan(block.get('heapUsedBytes'))
    expect(block.get('externalBytes')).toBeGreaterThan(0)
    expect(block.get('handles')).toBeGreaterThanOrEqual(0)
    expect(block.get('gcPause')).toBe(0)
    expect(block.load('inFlight')).toBe(3)
    expect(block.getCustom(0)).toBe(7)
    expect(monotonic() - block.get('heartbeat')).toBeLessThan(1000)
    expect(monotonic() - block.get('publishedAt')).toBeLessThan(1000)
  })

  it('keeps heartbeat, requests and figures current', async () => {
    let count = 0
    const { block, publisher } = createApp({ metrics: { queue: () => ++count }, scan: () => count })
    publisher.start()
    const before = [block.get('heartbeat'), block.get('publishedAt')] as const
    await vi.waitFor(() => expect(count).toBeGreaterThanOrEqual(3), patience)
    expect(block.get('heartbeat')).toBeGreaterThan(before[0])
    expect(block.get('publishedAt')).toBeGreaterThan(before[1])
    await vi.waitFor(() => expect(block.load('inFlight')).toBeGreaterThanOrEqual(3), patience)
  })

  it('does not count its own timer among the handles', () => {
    const { block, publisher } = createApp()
    const before = process.getActiveResourcesInfo().length
    publisher.start()
    expect(block.get('handles')).toBe(before)
  })

  it('adds up the pauses of all collections, also of those in a block that has just ended', async () => {
    const { block, publisher } = createApp({ interval: 40 })
    publisher.start()
    let kept: object[] = []
    const began = monotonic()
    // Enough for a collection, also where a busy machine leaves little of the time.
    for (let made = 0; made < 2_000_000 || monotonic() < began + 300; made++) {
      kept.push({ kept })
      if (kept.length > 200_000) kept = []
    }
    const blockEnd = monotonic()
    await vi.waitFor(() => expect(block.get('publishedAt')).toBeGreaterThan(blockEnd), patience)
    expect(block.get('gcPause')).toBeGreaterThan(0)
    expect(block.get('gcPause')).toBeLessThan(block.get('publishedAt') - began)
  })
})

describe('the delay of the event loop', () => {
  it.each([
    ['with a histogram beside the heartbeat', 400],
    ['by a quick heartbeat alone', 40],
  ])('is what a block took, %s', async (_, interval) => {
    const { block, publisher } = createApp({ interval })
    publisher.start()
    // On a busy machine the beat may be late already when the block begins.
    const began = monotonic()
    await sleep(60)
    block.take('worstDelay')
    spin(300)
    await vi.waitFor(() => expect(block.load('worstDelay')).toBeGreaterThan(250_000), patience)
    const delay = block.take('worstDelay') / 1000
    expect(delay).toBeLessThan(monotonic() - began)
  })

  it.each([400, 40])(
    'does not count what was cut off, although heartbeat and histogram (%d) are still to come',
    async interval => {
      const { block, publisher } = createApp({ interval })
      publisher.start()
      await sleep(60)
      spin(2000)
      publisher.cut()
      const published = block.get('publishedAt')
      await vi.waitFor(() => expect(block.get('publishedAt')).toBeGreaterThan(published), patience)
      await sleep(100)
      expect(block.load('worstDelay') / 1000).toBeLessThan(1500)
      // A block that follows is seen.
      publisher.cut()
      spin(300)
      await vi.waitFor(() => expect(block.load('worstDelay')).toBeGreaterThan(150_000), patience)
    },
  )

  it('is seen also when a block is over before the next heartbeat is due', async () => {
    const { block, publisher } = createApp({ interval: 400 })
    publisher.start()
    await sleep(60)
    const last = block.get('heartbeat')
    while (block.get('heartbeat') === last) await sleep(1)
    block.take('worstDelay')
    // The next beat is due in about 100 ms, and nobody is late for it.
    spin(70)
    await vi.waitFor(() => expect(block.load('worstDelay')).toBeGreaterThan(40_000), patience)
  })

  it('is seen although the histogram was renewed just before', async () => {
    const { block, publisher } = createApp({ interval: 400 })
    publisher.start()
    await sleep(60)
    // The first block dirties the histogram, and publishing renews it.
    spin(100)
    publisher.publishNow()
    await sleep(150)
    publisher.publishNow()
    block.take('worstDelay')
    spin(400)
    await vi.waitFor(() => expect(block.load('worstDelay')).toBeGreaterThan(280_000), patience)
  })

  it.each(['by its own timer', 'by a publishNow that comes before the timer'])('is reported once, %s', async how => {
    const { block, publisher } = createApp({ interval: 400 })
    publisher.start()
    await sleep(60)
    const began = monotonic()
    spin(600)
    if (how === 'by its own timer') {
      await vi.waitFor(() => expect(block.get('heartbeat')).toBeGreaterThan(began + 600), patience)
      await new Promise(setImmediate)
      await new Promise(setImmediate)
    } else {
      publisher.publishNow()
    }
    expect(block.take('worstDelay') / 1000).toBeGreaterThan(450)
    // Several beats and a publication later nobody has brought it up again.
    const before = block.get('publishedAt')
    await vi.waitFor(() => expect(block.get('publishedAt')).toBeGreaterThan(before + 200), patience)
    expect(block.take('worstDelay') / 1000).toBeLessThan(400)
  })
})

describe('what fails in the application', () => {
  it('costs its own reading only, and is told once until it works again', () => {
    const states: (() => number)[] = [() => 1]
    const metrics = { shaky: () => (states[0] as () => number)(), solid: () => 5 }
    const { block, errors, publisher } = createApp({ metrics, interval: 60_000 })
    const fail = () => {
      throw new Error('no database')
    }
    publisher.start()
    for (const state of [fail, fail, () => 2, fail]) {
      states[0] = state
      publisher.publishNow()
      expect(block.getCustom(0)).toBe(state === fail ? Number.NaN : 2)
      expect(block.getCustom(1)).toBe(5)
    }
    expect(errors).toEqual(['reading the metric shaky: no database', 'reading the metric shaky: no database'])
  })

  it.each<[unknown, string]>([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['12', 'string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [12n, 'bigint'],
  ])('a metric that returns %s has no reading', (value, name) => {
    const { block, errors, publisher } = createApp({ metrics: { odd: () => value as number } })
    publisher.start()
    expect(block.getCustom(0)).toBeNaN()
    expect(errors).toEqual([`reading the metric odd: must return a finite number, got ${name}`])
  })

  it('a metric that returns a promise has no reading, and its rejection ends nothing', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const { errors, publisher } = createApp({
      metrics: { odd: (async () => Promise.reject(new Error('late'))) as unknown as () => number },
    })
    publisher.start()
    await sleep(20)
    process.off('unhandledRejection', unhandled)
    expect(errors[0]).toMatch(/got a promise/)
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('a scan that throws keeps the last count', async () => {
    let broken = false
    let scans = 0
    const { block, errors, publisher } = createApp({
      scan: () => {
        scans++
        if (broken) throw new Error('odd socket')
        return 9
      },
    })
    publisher.start()
    broken = true
    const before = scans
    await vi.waitFor(() => expect(scans).toBeGreaterThan(before + 2), patience)
    expect(block.load('inFlight')).toBe(9)
    expect(errors).toEqual(['counting requests: odd socket'])
  })
})

describe('start and stop', () => {
  it('does not keep the process alive, and prints nothing', async () => {
    const built = (path: string) => JSON.stringify(new URL(`../../../dist/${path}`, import.meta.url).href)
    const script = `
      import { createBlock } from ${built('link/block.js')}
      import { createPublisher } from ${built('app/metrics/publisher.js')}
      const onError = (what, error) => console.error(what, error)
      const block = createBlock({ customCount: 0 })
      createPublisher({ block, interval: 40, customMetrics: {}, inFlight: { scan: () => 0, begun: () => 0, found: () => ({}), beat() {} }, onError }).start()
      setTimeout(() => { process.exitCode = 7 }, 200)
    `
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script])
    let output = ''
    child.stdout.on('data', text => (output += text))
    child.stderr.on('data', text => (output += text))
    const [code] = await once(child, 'close', { signal: AbortSignal.timeout(20_000) })
    expect([code, output]).toEqual([7, ''])
  })

  it('start twice makes one timer; stop leaves nothing running and no heartbeat', async () => {
    let scans = 0
    const { block, publisher } = createApp({ interval: 40, scan: () => ++scans })
    publisher.start()
    publisher.start()
    await vi.waitFor(() => expect(scans).toBeGreaterThan(3), patience)
    publisher.stop()
    publisher.stop()
    const after = scans
    await sleep(60)
    publisher.publishNow()
    expect(scans).toBe(after)
    expect(block.get('heartbeat')).toBeNaN()

    publisher.start()
    await vi.waitFor(() => expect(scans).toBeGreaterThan(after + 3), patience)
    expect(block.get('heartbeat')).not.toBeNaN()
  })
})
