import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { listRunRecords, writeRunRecord } from './run-records.js'

const recordAt = (second: number, samples = 1) => ({
  program: 'shop',
  pid: 4711,
  host: 'box',
  labels: {},
  node: 'v20.19.0',
  startedAt: '2026-11-25T01:00:00.000Z',
  endedAt: new Date(Date.UTC(2026, 10, 25, 2, 0, second)).toISOString(),
  ending: 'ended' as const,
  exitCode: null,
  text: 'shop (process 4711) ended without a word',
  dump: null,
  samples: Array.from({ length: samples }, (_, at) => ({ at, values: { cpu: at, rss: null } })),
})

it('the list of runs keeps the last 20 runs, newest first, also where an older one is put on record later', async () => {
  const dir = temporaryDirectory()
  expect(await listRunRecords(dir)).toEqual([])
  for (let second = 25; second > 0; second--) await writeRunRecord(dir, recordAt(second))
  const records = await listRunRecords(dir)
  expect(records.map(({ endedAt }) => endedAt)).toEqual(
    Array.from({ length: 20 }, (_, index) => recordAt(25 - index).endedAt),
  )
  expect(records[0]).toEqual({ ...recordAt(25), id: expect.stringMatching(/^20261125T020025000Z-4711-[0-9a-f]{12}$/) })
  expect(readdirSync(join(dir, '.runs'))).toHaveLength(20)
})

it('a record of a run is a few KB, however many samples and metrics there are', async () => {
  const dir = temporaryDirectory()
  await writeRunRecord(dir, recordAt(1, 600))
  const values = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`queueDepth${index}`, index]))
  await writeRunRecord(dir, { ...recordAt(2, 600), samples: Array.from({ length: 600 }, (_, at) => ({ at, values })) })
  const [crowded, usual] = await listRunRecords(dir)
  expect(usual?.samples.map(({ at }) => at)).toEqual([590, 591, 592, 593, 594, 595, 596, 597, 598, 599])
  expect(crowded?.samples.length).toBeGreaterThan(0)
  for (const name of readdirSync(join(dir, '.runs')))
    expect(statSync(join(dir, '.runs', name)).size).toBeLessThanOrEqual(8192)
})

it('passes over what is not ours', async () => {
  const dir = temporaryDirectory()
  await writeRunRecord(dir, recordAt(1))
  const room = join(dir, '.runs')
  writeFileSync(join(room, 'notes.txt'), 'x')
  writeFileSync(join(room, '20261125T020030000Z-1-0123456789ab.json'), '{"pid":1')
  writeFileSync(join(room, '20261125T020031000Z-1-0123456789ab.json'), '{"pid":"1"}')
  mkdirSync(join(room, '20261125T020032000Z-1-0123456789ab.json'))
  expect((await listRunRecords(dir)).map(({ pid }) => pid)).toEqual([4711])
})
