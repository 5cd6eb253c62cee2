import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callFrame, realCpuProfile, realHeapProfile, recursionHeapProfile } from '../../testing/v8-profiles.js'
import { cpuProfileToPprof } from './cpu.js'
import { heapProfileToPprof } from './heap.js'
import { toPprof } from './to-pprof.js'

const hasPprof = spawnSync('go', ['tool', '-n', 'pprof']).status === 0

let dir: string

/** The output of Go's own tool about a profile. It must have nothing to complain about. */
function pprof(bytes: Uint8Array, ...args: string[]): string {
  const file = join(dir, 'profile.pb.gz')
  writeFileSync(file, bytes)
  // It caches below the home directory.
  const env = { ...process.env, HOME: dir }
  const { status, stdout, stderr } = spawnSync('go', ['tool', 'pprof', ...args, file], { encoding: 'utf8', env })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe.skipIf(!hasPprof)('go tool pprof', () => {
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'autodump-pprof-'))
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  const handler = callFrame('handle', 'file:///srv/app/server.js', 9)
  const known = cpuProfileToPprof(
    {
      nodes: [
        { id: 1, callFrame: callFrame('(root)'), children: [2, 5] },
        { id: 2, callFrame: handler, children: [3, 4] },
        { id: 3, callFrame: callFrame('<static_initializer>', 'file:///srv/app/a.js', 19) },
        { id: 4, callFrame: callFrame('', 'file:///srv/app/b.js', 29), positionTicks: [{ line: 31, ticks: 1 }] },
        { id: 5, callFrame: callFrame('(idle)') },
      ],
      startTime: 0,
      endTime: 2_000_000,
      samples: [3, 4, 5],
      timeDeltas: [0, 300_000, 200_000],
    },
    { time: Date.UTC(2026, 0, 2, 3, 4), comments: ['taken by autodump'] },
  )

  it('shows load, functions and their callers', () => {
    const top = pprof(known, '-top')
    expect(top).toContain('Type: cpu\n')
    expect(top).toMatch(/Time: .*2026/)
    expect(top).toContain('Duration: 2s, Total samples = 500ms (25.00%)')
    expect(top).toMatch(/300ms 60.00% +60.00% +300ms 60.00% +<static_initializer>\n/)
    expect(top).toMatch(/200ms 40.00% +100% +200ms 40.00% +\(anonymous\) app\/b.js:30\n/)
    expect(top).toMatch(/ 0 +0% +100% +500ms +100% +handle\n/)
  })

  it('shows lines, comments and counts', () => {
    expect(pprof(known, '-top', '-lines')).toContain('(anonymous) app/b.js:30 /srv/app/b.js:31\n')
    expect(pprof(known, '-comments')).toContain('taken by autodump')
    expect(pprof(known, '-top', '-sample_index=samples')).toMatch(/ 1 50.00% +50.00% +1 50.00% /)
  })

  it('names the function that kept the CPU busy, of a profile by V8', async () => {
    const profile = await realCpuProfile(() => burnSomeCpu(200))
    const first = pprof(cpuProfileToPprof(profile), '-top', '-nodecount=1')
    expect(first).toMatch(/^ +[\d.]+ms +[\d.]+% +[\d.]+% +[\d.]+ms +[\d.]+% +burnSomeCpu$/m)
  })

  it('names the function that keeps the memory, of a profile by V8', async () => {
    const { profile, alive } = await realHeapProfile(() => Array.from({ length: 50_000 }, keepSomeMemory))
    const first = pprof(heapProfileToPprof(profile), '-top', '-nodecount=1')
    expect(alive).toHaveLength(50_000)
    expect(first).toContain('Type: inuse_space\n')
    expect(first).toMatch(/^ +[\d.]+MB +[\d.]+% +[\d.]+% +[\d.]+MB +[\d.]+% +keepSomeMemory$/m)
  })

  it('reads a deep recursion', () => {
    expect(pprof(toPprof('heap-profile', recursionHeapProfile(2000)), '-top')).toMatch(/100% .* again\n/)
  })
})

/** @param ms of the process's CPU time: others may have the CPU meanwhile */
function burnSomeCpu(ms: number): number {
  let sum = 0
  const before = process.cpuUsage()
  while (process.cpuUsage(before).user < ms * 1000) for (let i = 0; i < 1_000_000; i++) sum += Math.sqrt(i)
  return sum
}

function keepSomeMemory(_: unknown, index: number): object {
  return { index, numbers: new Array(16).fill(index) }
}
