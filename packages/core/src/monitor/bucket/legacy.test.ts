import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { RunRecord } from '../../model/run-record.js'
import { makeDumpId } from '../../store/dump-id.js'
import { writeRunRecord } from '../../store/run-records.js'
import { createUploadMarks } from '../../store/upload-marks.js'
import { manifestOf, temporaryDirectory, testStore } from '../../testing/dumps.js'
import { createLegacy } from './legacy.js'

const at = (second: number) => Date.UTC(2026, 10, 24, 1, 0, second)
const look = makeDumpId(at(10), 7, null, 'crash')
const cutShort = makeDumpId(at(11), 7, 'cpu', 'spike')
const crash = makeDumpId(at(40), 7, null, 'crash')

async function setUp({ ending = '', dump = null as string | null, host = 'h', mayCome = false } = {}) {
  const dir = temporaryDirectory()
  const { store } = await testStore(dir)
  const marks = createUploadMarks(dir)
  const time = (second: number) => new Date(at(second)).toISOString()
  if (ending)
    await writeRunRecord(dir, {
      ...{ program: 'shop', pid: 7, host, labels: {}, node: 'v20', startedAt: time(0), endedAt: time(12) },
      ...{ ending: ending as RunRecord['ending'], exitCode: null, text: '', dump, samples: [] },
    })
  const run = (name: string) => mkdirSync(join(dir, '.black-box', name), { recursive: true, mode: 0o700 })
  const fateOf = createLegacy({ dir, dumps: store, marks, ownRun: '7-000000000000', mayCome: () => mayCome })
  async function writeCrash(told: string[]): Promise<void> {
    const findings = told.map(id => ({ kind: 'unfinished-dump', text: '', data: { id } }))
    await (await store.begin(crash)).publish(manifestOf(crash, { summary: { text: '', findings } }))
  }
  return {
    ...{ run, marks, writeCrash },
    look: (of = 'h') => fateOf(look, { look: true, host: of }),
    cut: (of = 'h') => fateOf(cutShort, { host: of }),
  }
}

it.each(['stopped', 'ended'])(
  'a look at a process that %s is not needed; a dump that it cut short is',
  async ending => {
    const { look, cut } = await setUp({ ending })
    expect([await look(), await cut()]).toEqual(['remove', 'keep'])
    // Another container with the same number.
    expect(await look('elsewhere')).toBe('keep')
  },
)

it('the dump of a crash takes the place of the look, and of the dump that it tells of, when it is in the bucket', async () => {
  const { look, cut, writeCrash, marks } = await setUp({ ending: 'killed', dump: crash })
  expect([await look(), await cut()]).toEqual(['keep', 'keep'])
  await writeCrash([cutShort])
  expect([await look(), await cut()]).toEqual(['wait', 'wait'])
  await marks.done(crash, { at: '', url: '' })
  expect([await look(), await cut()]).toEqual(['remove', 'remove'])
})

it('a dump that somebody had cancelled before the crash stays', async () => {
  const { look, cut, writeCrash, marks } = await setUp({ ending: 'killed', dump: crash })
  await writeCrash([])
  await marks.done(crash, { at: '', url: '' })
  expect([await look(), await cut()]).toEqual(['remove', 'keep'])
})

it('a crash for which the hour had no room leaves the look as its only trace', async () => {
  const { look, cut } = await setUp({ ending: 'oom-kill' })
  expect([await look(), await cut()]).toEqual(['keep', 'keep'])
})

it('while nobody knows how a run ended, as while it lives, its early uploads wait', async () => {
  const { look, cut, run } = await setUp()
  expect([await look(), await cut()]).toEqual(['keep', 'keep'])
  // That of this process, which has the same number in another container.
  run('7-000000000000')
  expect(await cut()).toBe('keep')
  run('7-00000000000a.taken-00000000000b')
  expect([await look(), await cut()]).toEqual(['wait', 'wait'])
})

it('a start waits for a while for the record of a run without a black box', async () => {
  const { look, cut } = await setUp({ mayCome: true })
  expect([await look(), await cut()]).toEqual(['wait', 'keep'])
})
