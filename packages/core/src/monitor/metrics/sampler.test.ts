import { describe, expect, it } from 'vitest'
import type { Limits } from '../../lib/limits.js'
import { createBlock } from '../../link/block.js'
import type { Sample } from '../../model/sample.js'
import { createSampler } from './sampler.js'

const MiB = 1024 ** 2

const hour = 3600_000

const machine: Limits = {
  cpu: { quota: null, percentOf: 1, source: 'machine', text: '' },
  memory: { bytes: 512 * MiB, source: 'machine', text: '' },
  heap: { bytes: 100 * MiB, text: '' },
}

/** A process at which time passes only by hand. Times are in milliseconds; the heart beats every 100. */
function createProcess({ limits = machine, customMetrics = [] as string[] } = {}) {
  const block = createBlock({ customCount: customMetrics.length })
  const state = { at: 5000, epoch: 1_700_000_000_000, cpu: 300, rss: 256 * MiB, idle: 0, paused: 0 }
  const sampler = createSampler({
    block,
    limits,
    customMetrics,
    interval: 1000,
    clock: { now: () => state.epoch, monotonic: () => state.at },
    readCpu: () => ({ user: state.cpu * 600, system: state.cpu * 400 }),
    readRss: () => state.rss,
  })
  const beat = () => {
    block.set('loopIdle', state.idle)
    block.set('heartbeat', state.at)
  }
  const publish = () => {
    beat()
    block.set('gcPause', state.paused)
    block.set('publishedAt', state.at)
  }
  return {
    block,
    state,
    publish,
    /** Time in which the event loop turns, and how much of it was busy and in pauses. */
    turn(ms: number, { busy = 0, cpu = busy, paused = 0 }: { busy?: number; cpu?: number; paused?: number } = {}) {
      state.at += ms
      state.cpu += cpu
      state.idle += ms - busy
      state.paused += paused
      publish()
    },
    /** Time in which the app thread does not come back to its event loop. */
    stuck(ms: number, cpu = ms) {
      state.at += ms
      state.cpu += cpu
    },
    /** The first beat after being stuck for that long. */
    unblock(delay: number) {
      block.raise('worstDelay', delay * 1000)
      publish()
    },
    sample: (): Sample => sampler.sample(),
    values: () => sampler.sample().values,
  }
}

describe('the sampler before anything is known', () => {
  it('every reading of the app thread is null when it has published nothing', () => {
    const { values } = createProcess({ customMetrics: ['queue'] })
    expect(values()).toEqual({
      cpu: null,
      rss: 50,
      heap: null,
      eventLoopDelay: null,
      eventLoopUtilization: null,
      inFlight: null,
      gc: null,
      handles: null,
      requestAge: null,
      fds: null,
      memory: null,
      streams: null,
      longPolls: null,
      queue: null,
    })
  })

  it('the first sample has no rates, and the second has', () => {
    const { publish, turn, values } = createProcess()
    publish()
    expect(values()).toMatchObject({ cpu: null, eventLoopUtilization: null, gc: null, eventLoopDelay: 0, inFlight: 0 })
    turn(1000, { busy: 250, paused: 30 })
    expect(values()).toMatchObject({ cpu: 25, eventLoopUtilization: 25, gc: 3 })
  })
})

describe('percentages', () => {
  it('cpu counts all threads and is of one core', () => {
    const { turn, values } = createProcess()
    values()
    turn(1000, { cpu: 1730 })
    expect(values().cpu).toBe(173)
  })

  it('cpu is of the quota where that is below one core', () => {
    const { turn, values } = createProcess({ limits: { ...machine, cpu: { ...machine.cpu, percentOf: 0.5 } } })
    values()
    turn(1000, { cpu: 400 })
    expect(values().cpu).toBe(80)
  })

  it('rss and heap are of their limits, to two decimals', () => {
    const { block, state, values } = createProcess()
    state.rss = (512 * MiB) / 3
    block.set('heapUsedBytes', 20 * MiB)
    block.set('heapLimitBytes', 30 * MiB)
    expect(values()).toMatchObject({ rss: 33.33, heap: 66.67 })
  })

  it('rates are of the time that really passed, not of the interval', () => {
    const { publish, turn, values } = createProcess()
    publish()
    values()
    turn(4000, { busy: 1000, paused: 400 })
    expect(values()).toMatchObject({ cpu: 25, eventLoopUtilization: 25, gc: 10 })
  })

  it('a resident size that cannot be read costs that one reading only', () => {
    const block = createBlock({ customCount: 0 })
    const sampler = createSampler({
      block,
      limits: machine,
      customMetrics: [],
      interval: 1000,
      readRss: () => {
        throw new Error('EMFILE: too many open files')
      },
      readCpu: () => {
        throw new Error('no')
      },
    })
    expect(sampler.sample().values).toMatchObject({ rss: null, cpu: null })
    expect(sampler.sample().values).toMatchObject({ rss: null, cpu: null })
  })
})

describe('counts and metrics of the application', () => {
  it('are passed on as they are; no number is null', () => {
    const { block, publish, values } = createProcess({ customMetrics: ['queue', 'ratio', 'broken'] })
    publish()
    block.store('inFlight', 17)
    block.set('handles', 5)
    block.setCustom(0, 1e9)
    block.setCustom(1, 0.000123456)
    block.setCustom(2, Number.NaN)
    expect(values()).toMatchObject({ inFlight: 17, handles: 5, queue: 1e9, ratio: 0.000123456, broken: null })
  })
})

describe('the delay of the event loop', () => {
  it('is the worst since the last sample, and reported once', () => {
    const { block, publish, turn, values } = createProcess()
    publish()
    block.raise('worstDelay', 42_500)
    block.raise('worstDelay', 7_000)
    expect(values().eventLoopDelay).toBe(42.5)
    turn(1000)
    expect(values().eventLoopDelay).toBe(0)
  })

  it('is no news while the next heartbeat is not yet due', () => {
    const { publish, state, sample } = createProcess()
    publish()
    state.at += 99
    expect(sample()).toMatchObject({ values: { eventLoopDelay: 0 } })
    expect(sample().blockedFor).toBeUndefined()
  })

  it('grows while the app thread is stuck, with the time that it has been', () => {
    const { publish, stuck, unblock, turn, sample } = createProcess()
    publish()
    sample()
    const seen = [1, 2, 3].map(() => {
      stuck(1000)
      const { values, blockedFor } = sample()
      return [values.eventLoopDelay, values.eventLoopUtilization, values.cpu, blockedFor]
    })
    expect(seen).toEqual([
      [900, 100, 100, 900],
      [1900, 100, 100, 1900],
      [2900, 100, 100, 2900],
    ])

    stuck(500)
    unblock(3400)
    turn(500)
    const after = sample()
    expect(after.values).toMatchObject({ eventLoopDelay: 3400, eventLoopUtilization: 50 })
    expect(after.blockedFor).toBeUndefined()
    turn(1000)
    expect(sample().values).toMatchObject({ eventLoopDelay: 0, eventLoopUtilization: 0 })
  })

  it('does not call a slow turn of the loop a block', () => {
    const { publish, stuck, sample } = createProcess()
    publish()
    stuck(290)
    expect(sample()).toMatchObject({ values: { eventLoopDelay: 190 } })
    expect(sample().blockedFor).toBeUndefined()
  })
})

describe('the utilization of the event loop', () => {
  it('makes up for idle time that was taken for busy before a heartbeat came late', () => {
    const { publish, state, stuck, unblock, turn, values } = createProcess()
    publish()
    values()
    // Idle for 80 ms and then stuck: the monitor thread cannot tell yet.
    state.idle += 80
    stuck(1000)
    expect(values().eventLoopUtilization).toBe(100)
    stuck(100)
    unblock(920)
    turn(900, { busy: 0 })
    // 100 busy and 900 idle, and the 80 from before.
    expect(values().eventLoopUtilization).toBe(2)
  })

  it('keeps its value when no heartbeat came in between', () => {
    const { publish, turn, state, values } = createProcess()
    publish()
    values()
    turn(1000, { busy: 300 })
    expect(values().eventLoopUtilization).toBe(30)
    state.at += 20
    expect(values().eventLoopUtilization).toBe(30)
  })

  it('starts over after the publisher has stopped', () => {
    const { block, publish, turn, values } = createProcess()
    publish()
    values()
    block.set('heartbeat', Number.NaN)
    turn(10_000, { busy: 0 })
    block.set('heartbeat', Number.NaN)
    expect(values()).toMatchObject({ eventLoopUtilization: null, eventLoopDelay: null, inFlight: null })
    publish()
    expect(values().eventLoopUtilization).toBe(null)
    turn(1000, { busy: 100 })
    expect(values().eventLoopUtilization).toBe(10)
  })
})

describe('garbage collection', () => {
  it('keeps its value between two publications and has none in a block', () => {
    const { publish, turn, stuck, values } = createProcess()
    publish()
    values()
    turn(1000, { paused: 50 })
    expect(values().gc).toBe(5)
    stuck(1000)
    expect(values().gc).toBe(5)
    stuck(2000)
    expect(values().gc).toBe(null)
  })

  it('spreads the pauses of a block over the whole block', () => {
    const { publish, state, stuck, unblock, values } = createProcess()
    publish()
    values()
    for (let second = 0; second < 5; second++) {
      stuck(1000)
      values()
    }
    state.paused += 3000
    unblock(4900)
    expect(values().gc).toBe(60)
  })

  it('is never more than all of the time', () => {
    const { publish, turn, values } = createProcess()
    publish()
    values()
    turn(1000, { paused: 3000 })
    expect(values().gc).toBe(100)
  })
})

describe('clocks that jump', () => {
  it('the time of day moves nothing but the time stamp', () => {
    const { publish, turn, state, sample } = createProcess()
    publish()
    sample()
    state.epoch -= 10 * hour
    turn(1000, { busy: 100 })
    expect(sample()).toEqual({
      at: 1_700_000_000_000 - 10 * hour,
      values: expect.objectContaining({ cpu: 10, eventLoopUtilization: 10, eventLoopDelay: 0 }),
    })
  })

  it('a suspended machine is no block, whether the app thread wakes before or after the sampler', () => {
    for (const appFirst of [true, false]) {
      const { publish, turn, state, unblock, sample } = createProcess()
      publish()
      sample()
      turn(950, { busy: 95 })
      // Eight hours, asleep in the poll of the event loop.
      state.at += 8 * hour + 50
      state.idle += 8 * hour + 50
      state.cpu += 5
      if (appFirst) unblock(8 * hour - 50)
      const awoken = sample()
      expect(awoken.values).toMatchObject({ cpu: 10, eventLoopDelay: 0 })
      expect(awoken.values.eventLoopUtilization).toBeLessThanOrEqual(10)
      expect(awoken.blockedFor).toBeUndefined()

      state.at += 40
      if (!appFirst) unblock(8 * hour - 10)
      turn(960, { busy: 200 })
      const next = sample()
      expect(next.values.eventLoopDelay).toBeLessThan(100)
      expect(next.values.cpu).toBe(20)
      expect(next.blockedFor).toBeUndefined()
    }
  })

  it('a block that begins after waking is seen without the sleep', () => {
    const { publish, state, stuck, sample } = createProcess()
    publish()
    sample()
    state.at += 1000 + hour
    const awoken = sample()
    expect(awoken).toMatchObject({ values: { eventLoopDelay: 0, eventLoopUtilization: null } })
    expect(awoken.blockedFor).toBeUndefined()
    stuck(1000)
    expect(sample().blockedFor).toBe(900)
  })

  it('a block during which the sampler was late is a block all the same', () => {
    const { publish, stuck, sample } = createProcess()
    publish()
    sample()
    stuck(20_000)
    expect(sample()).toMatchObject({ blockedFor: 19_900, values: { eventLoopUtilization: 100 } })
  })

  it('two samples at the same moment have no rates of their own', () => {
    const { publish, turn, values } = createProcess()
    publish()
    values()
    turn(1000, { busy: 500, paused: 100 })
    const first = values()
    expect(values()).toEqual(first)
  })
})

describe('the age of the oldest request', () => {
  it('is 0 where none waits, and grows on while the app thread is blocked', () => {
    const { block, state, publish, stuck, values } = createProcess()
    expect(values().requestAge).toBe(null)
    publish()
    expect(values().requestAge).toBe(0)
    block.set('oldestRequest', state.at - 12_000)
    expect(values().requestAge).toBe(12_000)
    stuck(3000)
    expect(values().requestAge).toBe(15_000)
    block.set('oldestRequest', Number.NaN)
    expect(values().requestAge).toBe(0)
  })

  it('leaves out the time in which the whole process stood still', () => {
    const { block, state, turn, values } = createProcess()
    turn(1000)
    block.set('oldestRequest', state.at - 2000)
    expect(values().requestAge).toBe(2000)
    // A closed lid: no CPU time for an hour.
    turn(3_600_000, { cpu: 0 })
    expect(values().requestAge).toBeLessThan(10_000)
  })
})
