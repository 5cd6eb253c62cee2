import { describe, expect, it } from 'vitest'
import { cpuWindow, createCpuReader } from './cpu.js'

/** Reads every `interval` milliseconds, after so much CPU time each. */
function read(interval: number, used: (number | null)[], cores = 1) {
  const cpu = createCpuReader(cores, cpuWindow(interval))
  let now = 0
  let total = 0
  return used.map(one => {
    now += interval
    total += one ?? 0
    const value = cpu(now, one === null ? null : total)
    return value === null ? null : Math.round(value)
  })
}

describe('the CPU reader', () => {
  it('tells of the time since the reading before when that is a second or more', () => {
    expect(read(1000, [0, 500, 0, 1300])).toEqual([null, 50, 0, 130])
    expect(read(5000, [0, 500, 0])).toEqual([null, 10, 0])
    expect(read(1000, [0, 500, 0], 0.5)).toEqual([null, 100, 0])
  })

  it('makes no load of a burst, however often it reads', () => {
    const burst = read(200, [0, 10, 10, 260, 10, 10, 10, 10, 10, 10])
    expect(burst).toEqual([null, null, null, null, null, 30, 30, 30, 5, 5])
    const quick = read(20, [...Array(60).fill(1), ...Array(5).fill(26), ...Array(60).fill(1)])
    expect(Math.max(...quick.map(Number))).toBe(18)
  })

  it('sees a load within a second', () => {
    expect(read(200, [0, 0, 0, 0, 0, 0, ...Array(6).fill(200)]).slice(6)).toEqual([20, 40, 60, 80, 100, 100])
  })

  it('does not take a timer that is early for half a window', () => {
    const cpu = createCpuReader(1, cpuWindow(1000))
    const values = [0, 1000, 1998, 2997].map(now => cpu(now, now >= 1998 ? 500 : 0)?.toFixed(1))
    expect(values).toEqual([undefined, '0.0', '50.1', '0.0'])
  })

  it('has no reading after one that failed', () => {
    expect(read(1000, [0, 200, null, 20, 20])).toEqual([null, 20, null, null, 2])
  })
})
