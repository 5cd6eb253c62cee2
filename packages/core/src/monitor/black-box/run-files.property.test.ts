// @module-tag full
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aboutFile } from '../../link/run-info.js'
import { runsDirectory } from '../../link/run-name.js'
import { resolveOptions } from '../../options/options.js'
import { corrupted, edited, tries } from '../../testing/damage.js'
import { temporaryDirectory, testStore } from '../../testing/dumps.js'
import { runOf } from '../../testing/runs.js'
import { createAdopter } from './adopt.js'
import { encodeLine } from './record-log.js'

const { info, samples } = runOf()

const app = { at: 100_000, table: { requests: [], limit: 1 }, handledSignals: [] }

const records = [{ sample: samples[0] }, { app }, { rules: [] }, { capture: null }, { dump: null }, { oomKills: 0 }]

const error = { at: 1, origin: 'uncaughtException', handled: false, name: 'Error', message: 'm', stack: 'Error: m' }

const json = (valid: unknown) =>
  fc.oneof(
    edited(valid).map(value => Buffer.from(JSON.stringify(value) ?? '')),
    corrupted(JSON.stringify(valid)),
    fc.constant(Buffer.from(JSON.stringify(valid))),
  )

const log = fc.oneof(
  // With checksums that are right, as nobody but a program would edit it.
  edited(records).map(value =>
    Buffer.from([{ segment: 1 }, ...[value].flat()].map(one => encodeLine(JSON.stringify(one) ?? '')).join('')),
  ),
  corrupted([{ segment: 1 }, ...records].map(one => encodeLine(JSON.stringify(one))).join('')),
)

it('a black box that was edited or corrupted is dumped or dropped, and never keeps others from it', async () => {
  const dir = temporaryDirectory()
  const seen = { dumped: 0, reported: 0 }
  const surroundings = { own: { ...info.process, pid: 1 }, bootedAt: 0, look: () => null }
  const { store } = await testStore(dir)
  await fc.assert(
    fc.asyncProperty(json(info), log, json(error), async (about, box, words) => {
      const bad = join(dir, runsDirectory, '10-000000000001')
      const good = join(dir, runsDirectory, '10-000000000002')
      for (const path of [bad, good]) mkdirSync(path, { recursive: true })
      writeFileSync(join(good, aboutFile), JSON.stringify(info))
      writeFileSync(join(good, 'error.json'), JSON.stringify(error)) // Else it has ended as it should.
      writeFileSync(join(bad, aboutFile), about)
      writeFileSync(join(bad, 'box.0'), box)
      writeFileSync(join(bad, 'error.json'), words)
      const announced: string[] = []
      const errors: unknown[] = []
      const adopter = createAdopter({
        links: { trace: null },
        dir,
        store,
        maxPerHour: 3600,
        captures: resolveOptions().captures,
        explain: { enabled: true, sourceLines: true },
        ownRun: '1-000000000000',
        surroundings,
        ownStart: Date.now(),
        announce: ({ id }) => announced.push(id),
        onError: (_, error) => errors.push(error),
      })
      await adopter.look()
      // The good one, and perhaps the other; what is left is one that does not say whose it is, for a minute.
      expect(announced.length).toBeGreaterThan(0)
      seen[announced.length === 2 ? 'dumped' : 'reported']++
      const litter = readdirSync(dir).filter(name => name.startsWith('.tmp-') || name.startsWith('.del-'))
      expect(litter).toEqual([])
      for (const id of announced) await store.remove(id)
      rmSync(join(dir, runsDirectory), { recursive: true })
    }),
    tries(100),
  )
  expect(Math.min(seen.dumped, seen.reported)).toBeGreaterThan(5)
})
