import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { makeDumpId } from './dump-id.js'
import { createQuota } from './quota.js'

const hour = 3600_000

const now = Date.UTC(2026, 10, 24)

const dumpAt = (at: number, pid = 1) => ({ id: makeDumpId(at, pid, 'cpu', 'spike') })

function quotaIn(dir: string, maxPerHour: number) {
  const failures: string[] = []
  return { quota: createQuota(dir, maxPerHour, what => failures.push(what)), failures }
}

describe('the quota of dumps per hour', () => {
  it('opens again when the oldest is an hour old', () => {
    const { quota } = quotaIn(temporaryDirectory(), 2)
    expect(quota.wait(now, [])).toBe(0)
    quota.use(now)
    expect(quota.wait(now + 1, [])).toBe(0)
    quota.use(now + 600_000)
    expect(quota.wait(now + 600_000, [])).toBe(hour - 600_000)
    expect(quota.wait(now + hour - 1, [])).toBe(1)
    expect(quota.wait(now + hour, [])).toBe(0)
  })

  it('outlives the process and is shared by all in the directory', () => {
    const dir = temporaryDirectory()
    const first = quotaIn(dir, 2).quota
    const second = quotaIn(dir, 2).quota
    first.use(now)
    second.use(now + 1000)
    for (const quota of [first, second, quotaIn(dir, 2).quota]) expect(quota.wait(now + 2000, [])).toBe(hour - 2000)
  })

  it('counts what this process took also when another one has overwritten it', () => {
    const dir = temporaryDirectory()
    const { quota } = quotaIn(dir, 2)
    quota.use(now)
    writeFileSync(join(dir, '.limits.json'), JSON.stringify({ captures: [now + 5] }))
    expect(quota.wait(now + 10, [])).toBeGreaterThan(0)
    quota.use(now + 20)
    expect(JSON.parse(readFileSync(join(dir, '.limits.json'), 'utf8')).captures).toEqual([now, now + 5, now + 20])
  })

  it('counts dumps on disk when the file is lost, and each of them once', () => {
    const dir = temporaryDirectory()
    const dumps = [dumpAt(now - 1000), dumpAt(now - 2000), dumpAt(now - 2 * hour)]
    expect(quotaIn(dir, 2).quota.wait(now, dumps)).toBe(hour - 2000)
    expect(quotaIn(dir, 3).quota.wait(now, dumps)).toBe(0)
    const { quota } = quotaIn(dir, 3)
    quota.use(now - 1990) // The file says nearly the same of the same two dumps.
    quota.use(now - 1000)
    expect(quota.wait(now, dumps)).toBe(0)
  })

  it('counts dumps of one moment as often as there are', () => {
    const { quota } = quotaIn(temporaryDirectory(), 2)
    quota.use(now)
    quota.use(now)
    expect(quota.wait(now, [])).toBe(hour)
    expect(quotaIn(temporaryDirectory(), 2).quota.wait(now, [dumpAt(now, 1), dumpAt(now, 2)])).toBe(hour)
  })

  it('does not lock when the clock was ahead and is right again', () => {
    const dir = temporaryDirectory()
    const { quota } = quotaIn(dir, 1)
    quota.use(now + 1000 * hour)
    expect(quota.wait(now, [dumpAt(now + 1000 * hour)])).toBe(0)
    quota.use(now)
    expect(quota.wait(now, [])).toBe(hour)
    expect(JSON.parse(readFileSync(join(dir, '.limits.json'), 'utf8')).captures).toEqual([now])
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"captures":1}',
    `{"captures":["${now}",null,{},${now * 1000}]}`,
    'x'.repeat(2 * 1024 ** 2),
  ])('ignores a file that holds something else (%#)', content => {
    const dir = temporaryDirectory()
    const { quota } = quotaIn(dir, 1)
    writeFileSync(join(dir, '.limits.json'), content)
    expect(quota.wait(now, [])).toBe(0)
    quota.use(now)
    expect(quotaIn(dir, 1).quota.wait(now, [])).toBe(hour)
  })

  it('counts in memory, and complains once, where the file cannot be written', () => {
    const dir = temporaryDirectory()
    mkdirSync(join(dir, '.limits.json'))
    const { quota, failures } = quotaIn(dir, 2)
    quota.use(now)
    quota.use(now + 1)
    expect(quota.wait(now + 2, [])).toBe(hour - 2)
    expect(failures).toEqual(['read the hour quota', 'write the hour quota'])
    expect(readdirSync(dir)).toEqual(['.limits.json'])
  })

  it('keeps the file to ourselves and small', () => {
    const dir = temporaryDirectory()
    const { quota } = quotaIn(dir, 2)
    chmodSync(dir, 0o755)
    for (let minutes = 0; minutes < 180; minutes++) quota.use(now + minutes * 60_000)
    expect(statSync(join(dir, '.limits.json')).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(join(dir, '.limits.json'), 'utf8')).captures).toHaveLength(60)
  })
})
