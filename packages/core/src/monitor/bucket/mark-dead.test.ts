import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { createDirectoryStore } from '../../object-store/directory-store.js'
import { sourceOf } from '../../object-store/object-store.js'
import { manifestOf } from '../../testing/dumps.js'
import { indexKeyOf, indexObject } from './index-entry.js'
import { markDead } from './mark-dead.js'
import { placeOf } from './place.js'

const minutes = 60_000

async function setUp() {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-dead-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const store = createDirectoryStore(dir)
  async function add(id: string, state: 'capturing' | 'complete', service = 'shop') {
    const manifest = manifestOf(id, { process: { ...manifestOf(id).process, labels: { service, instance: 'gone' } } })
    const place = placeOf(manifest, 'node')
    const key = indexKeyOf('', place, manifest)
    await store.put(key, sourceOf(indexObject('', place, manifest, state)))
    return async () => JSON.parse(await text(await store.get(key))).state as string
  }
  const mark = (later: number, isOurs = (_id: string) => false, requestsPerHour?: number) =>
    markDead({ store, prefix: '', service: 'shop', isOurs, requestsPerHour, wallClock: () => Date.now() + later })
  return { add, mark }
}

it('the search for dead processes marks first manifests that nobody has touched for a while, and no others', async () => {
  const { add, mark } = await setUp()
  const dead = await add('20261124T013512123Z-7-process-crash', 'capturing')
  const own = await add('20261124T013512124Z-8-cpu-spike', 'capturing')
  const whole = await add('20261124T013512125Z-9-cpu-spike', 'complete')
  const other = await add('20261124T013512126Z-7-cpu-spike', 'capturing', 'cart')
  expect(await mark(minutes)).toEqual([])
  expect(await mark(16 * minutes, id => id.includes('-8-'))).toEqual(['20261124T013512123Z-7-process-crash'])
  const states = [await dead(), await own(), await whole(), await other()]
  expect(states).toEqual(['partial', 'capturing', 'complete', 'capturing'])
  expect(await mark(16 * minutes, id => id.includes('-8-'))).toEqual([])
})

it('the search for dead processes takes a tenth of the requests of an hour at most', async () => {
  const { add, mark } = await setUp()
  for (let n = 1; n <= 3; n++) await add(`20261124T01351212${n}Z-7-cpu-spike`, 'capturing')
  expect(await mark(16 * minutes, undefined, 20)).toEqual([
    '20261124T013512123Z-7-cpu-spike',
    '20261124T013512122Z-7-cpu-spike',
  ])
})
