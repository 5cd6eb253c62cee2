import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeLimits, readLimits } from './limits.js'

const MiB = 1024 ** 2

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'autodump-limits-'))
})

afterEach(() => rmSync(root, { recursive: true }))

/** The limits in a cgroup v2 container on a machine of 8 cores and 16 GiB. */
function limitsIn(cpuMax: string, memoryMax: string) {
  mkdirSync(join(root, 'proc/self'), { recursive: true })
  mkdirSync(join(root, 'cg'))
  writeFileSync(join(root, 'proc/self/cgroup'), '0::/')
  writeFileSync(join(root, 'proc/self/mountinfo'), '29 23 0:26 / /cg rw - cgroup2 cgroup2 rw')
  writeFileSync(join(root, 'cg/cpu.max'), cpuMax)
  writeFileSync(join(root, 'cg/memory.max'), memoryMax)
  return readLimits({ root, cpus: 8, totalMemory: 16 * 1024 * MiB, heapLimit: 4144 * MiB })
}

describe('what percentages are of', () => {
  it('is one core when the quota is above one, and the memory limit', () => {
    const limits = limitsIn('250000 100000', String(512 * MiB))
    expect(limits.cpu).toMatchObject({ quota: 2.5, percentOf: 1, source: 'cgroup v2' })
    expect(limits.memory).toMatchObject({ bytes: 512 * MiB, source: 'cgroup v2' })
    expect(limits.heap.bytes).toBe(4144 * MiB)
    expect(describeLimits(limits)).toBe(
      'cpu is percent of one core (quota 2.5 cores, cgroup v2 cpu.max); ' +
        "rss is percent of 512 MiB (cgroup v2 memory.max); heap is percent of 4144 MiB (V8's limit)",
    )
  })

  it('is the quota when that is below one core', () => {
    const limits = limitsIn('33300 100000', String(512 * MiB))
    expect(limits.cpu).toMatchObject({ quota: 0.333, percentOf: 0.333 })
    expect(limits.cpu.text).toBe('0.33 cores (the quota, cgroup v2 cpu.max)')
  })

  it('is the machine without limits', () => {
    const limits = limitsIn('max 100000', 'max')
    expect(limits.cpu).toMatchObject({ quota: null, percentOf: 1, source: 'machine' })
    expect(limits.memory).toMatchObject({ bytes: 16 * 1024 * MiB, source: 'machine' })
    expect(describeLimits(limits)).toMatch(
      /^cpu is percent of one core \(no quota, the machine has 8\); rss is percent of 16 GiB \(the machine's memory/,
    )
  })

  it('is the machine when the limits are more than the machine has', () => {
    const limits = limitsIn('1600000 100000', String(64 * 1024 * MiB))
    expect(limits.cpu).toMatchObject({ quota: null, source: 'machine' })
    expect(limits.memory).toMatchObject({ bytes: 16 * 1024 * MiB, source: 'machine' })
  })

  it('is the machine where there are no cgroups at all', () => {
    const limits = readLimits({ root, cpus: 4, totalMemory: 1024 * MiB, heapLimit: MiB })
    expect(limits.cpu.source).toBe('machine')
    expect(limits.memory).toMatchObject({ bytes: 1024 * MiB, source: 'machine' })
  })

  it('is plain data', () => {
    const limits = limitsIn('50000 100000', 'max')
    expect(JSON.parse(JSON.stringify(limits))).toEqual(limits)
  })

  it('is a sane number on the machine that runs this', () => {
    const { cpu, memory, heap } = readLimits()
    expect(cpu.percentOf).toBeGreaterThan(0)
    expect(cpu.percentOf).toBeLessThanOrEqual(1)
    expect(memory.bytes).toBeGreaterThan(MiB)
    expect(memory.bytes).toBeLessThan(2 ** 50)
    expect(heap.bytes).toBeGreaterThan(MiB)
  })
})
