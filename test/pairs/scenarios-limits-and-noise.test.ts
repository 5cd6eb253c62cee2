import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLimits } from '../../packages/core/dist/lib/limits.js'
import { metricInfo } from '../../packages/core/dist/model/metric.js'
import { defaultThresholds } from '../../packages/core/dist/rules/defaults.js'
import { judge } from '../../packages/core/dist/rules/judge.js'
import { initialState } from '../../packages/core/dist/rules/memory.js'
import { normal, random } from '../../packages/core/src/testing/random.js'
import { tell } from '../scenarios/go-wrong.js'
import { temporaryDirectory } from '../support.js'

describe('scenario 13: container limits', () => {
  it.each([
    ['v2', 'sys/fs/cgroup/cpu.max', '50000 100000', 'sys/fs/cgroup/memory.max', '0::/\n', 'cgroup2'],
    [
      'v1',
      'sys/fs/cgroup/cpu.cfs_quota_us',
      '50000',
      'sys/fs/cgroup/memory.limit_in_bytes',
      '2:cpu,memory:/\n',
      'cgroup',
    ],
  ])('reads cgroup %s with half a core', (version, cpuFile, cpu, memoryFile, membership, type) => {
    const root = temporaryDirectory()
    for (const dir of ['proc/self', 'sys/fs/cgroup']) mkdirSync(join(root, dir), { recursive: true })
    const options = version === 'v1' ? 'rw,cpu,memory' : 'rw'
    writeFileSync(join(root, 'proc/self/cgroup'), membership)
    writeFileSync(join(root, 'proc/self/mountinfo'), `30 23 0:26 / /sys/fs/cgroup rw - ${type} cgroup ${options}\n`)
    writeFileSync(join(root, cpuFile), `${cpu}\n`)
    if (version === 'v1') writeFileSync(join(root, 'sys/fs/cgroup/cpu.cfs_period_us'), '100000\n')
    writeFileSync(join(root, memoryFile), `${256 * 1024 ** 2}\n`)
    const limits = readLimits({ root, cpus: 8, totalMemory: 16 * 1024 ** 3 })
    expect([limits.cpu.percentOf, limits.memory.bytes]).toEqual([0.5, 256 * 1024 ** 2])
    if (version === 'v2') tell(13, 'container limits', '-', 'yes', '-')
  })
})

describe('scenario 14: steady noise', () => {
  it.each([...Array(10).keys()])('makes no dump in ten minutes of noisy but normal load (%i)', run => {
    const uniform = random(run)
    const gauss = () => normal(uniform)
    const usual: Record<string, () => number> = {
      cpu: () => 45 + 5 * gauss(),
      rss: () => 30 + 0.3 * gauss(),
      heap: () => 25 + 4 * uniform(),
      eventLoopDelay: () => 15 + 40 * uniform() ** 4,
      eventLoopUtilization: () => 48 + 5 * gauss(),
      inFlight: () => Math.max(0, Math.round(12 + 4 * gauss())),
      gc: () => Math.max(0, 3 + gauss()),
      handles: () => Math.round(80 + 5 * gauss()),
    }
    const fired: string[] = []
    for (const [metric, threshold] of Object.entries(defaultThresholds([]))) {
      let state = initialState()
      for (let second = 0; second < 600; second++) {
        const reading = { value: usual[metric]?.() ?? null, at: second * 1000, capturing: false }
        const { unit } = metricInfo(metric)
        const judged = judge({ metric, unit }, threshold, state, reading, { history: 10, warmup: 10 })
        state = judged.state
        if (judged.decision.fire) fired.push(`${metric}: ${judged.decision.rules[judged.decision.fire].reason}`)
      }
    }
    expect(fired).toEqual([])
    if (run === 0) tell(14, 'steady noise', 'no', '-', '-')
  })
})
