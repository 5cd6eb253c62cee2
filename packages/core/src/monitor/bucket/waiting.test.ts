import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Manifest } from '../../model/manifest.js'
import { makeDumpId } from '../../store/dump-id.js'
import { createUploadMarks } from '../../store/upload-marks.js'
import { manifestOf, temporaryDirectory, testStore } from '../../testing/dumps.js'
import { createWaiting, sayElsewhere } from './waiting.js'

const idOf = (minute: number) => makeDumpId(Date.UTC(2026, 10, 24, 1, minute), 1, 'cpu', 'spike')
const [shop, mail] = [
  { bucket: 's3://shop', service: 'shop' },
  { bucket: 's3://mail', service: 'mail' },
]

async function setUp(inProgress: string[] = [], unsettled: string[] = []) {
  const dir = temporaryDirectory()
  const { store } = await testStore(dir, {
    retention: { maxDumps: 100, maxBytes: 1e12, maxAge: 1e15, minFreeBytes: 0 },
  })
  const marks = createUploadMarks(dir)
  const plant = (minute: number, more: Partial<Manifest>) => {
    mkdirSync(join(dir, idOf(minute)), 0o700)
    writeFileSync(join(dir, idOf(minute), 'manifest.json'), JSON.stringify(manifestOf(idOf(minute), more)), {
      mode: 0o600,
    })
  }
  const of = (target: typeof shop) =>
    createWaiting({
      ...{ dumps: store, marks, dir, target, place: `${target.bucket} at a store`, prefix: '' },
      isInProgress: id => inProgress.includes(id),
      isSettled: async id => !unsettled.includes(id),
    })
  const process = (labels: Record<string, string>) => ({ ...manifestOf(idOf(0)).process, labels })
  return { dir, marks, plant, of, process }
}

it('each service finds its own dumps, newest first, and nobody those of a service without a bucket', async () => {
  const { plant, of, process, marks } = await setUp()
  plant(1, { uploadTo: shop, process: process({ service: 'shop' }) })
  plant(2, { uploadTo: mail, process: process({ service: 'mail' }) })
  plant(3, { process: process({ service: 'secret' }) })
  plant(4, { process: process({}) })
  plant(5, { uploadTo: { ...shop, bucket: 's3://old' }, process: process({ service: 'shop' }) })
  plant(6, { uploadTo: shop })
  expect(await of(shop).ids()).toEqual([idOf(6), idOf(1)])
  expect(await of(mail).ids()).toEqual([idOf(2)])
  const none = { count: 0, names: [] }
  const moved = { count: 1, names: ['s3://old'] }
  expect(await of(shop).elsewhere(Date.now())).toEqual({ moved, renamed: none })
  expect(await of(mail).elsewhere(Date.now())).toEqual({ moved: none, renamed: none })
  await marks.done(idOf(1), { at: '', url: '' })
  expect(await of(shop).ids()).toEqual([idOf(6)])
})

it('a service that was renamed hears of what waits under its old name, and not of a neighbour at work', async () => {
  const { plant, of, marks } = await setUp()
  plant(1, { uploadTo: shop })
  plant(2, { uploadTo: shop })
  plant(3, { uploadTo: mail })
  await marks.done(idOf(2), { at: '', url: '' })
  const renamed = of({ ...shop, service: 'store' })
  const minutes = (count: number) => Date.UTC(2026, 10, 24, 1, count)
  expect((await renamed.elsewhere(minutes(10))).renamed.count).toBe(0)
  const later = await renamed.elsewhere(minutes(17))
  expect(later).toEqual({ moved: { count: 0, names: [] }, renamed: { count: 1, names: ['shop'] } })
  expect(sayElsewhere(later, 'store', '/dumps')).toEqual([
    'dumps of another service (shop) wait for this bucket, and only that service uploads them: 1 in /dumps',
  ])
})

it('a service that gets a bucket uploads what it has from before', async () => {
  const { plant, of, process } = await setUp()
  plant(1, { process: process({ service: 'shop' }) })
  expect([await of(shop).ids(), await of(mail).ids()]).toEqual([[idOf(1)], []])
})

it('an early upload that nobody finishes is left to those of its bucket and service', async () => {
  const { dir, of, marks } = await setUp([idOf(2)], [idOf(6)])
  const state = (service: string) => ({
    place: `s3://${service} at a store`,
    folder: `v1/dumps/${service}/here/x/`,
    indexKey: `v1/index/${service}/x.json`,
    done: [],
    early: [],
  })
  marks.write(idOf(1), state('shop'))
  marks.write(idOf(2), state('shop'))
  marks.write(idOf(3), state('mail'))
  // One bucket, two services.
  marks.write(idOf(4), { ...state('mail'), place: 's3://shop at a store' })
  marks.write(idOf(5), {})
  // Nobody knows yet how its process has ended.
  marks.write(idOf(6), state('shop'))
  expect((await of(shop).ids()).sort()).toEqual([idOf(1), idOf(5)])
  expect((await of(mail).ids()).sort()).toEqual([idOf(3), idOf(5)])
  expect(readdirSync(join(dir, '.bucket'))).toHaveLength(6)
})
