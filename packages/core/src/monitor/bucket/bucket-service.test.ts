import { EventEmitter } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import type { CapturingDump } from '../../model/manifest.js'
import type { BucketStatus } from '../../model/status.js'
import type { UploadTarget } from '../../model/upload-target.js'
import { resolveOptions } from '../../options/options.js'
import { makeDumpId } from '../../store/dump-id.js'
import { createUploadMarks } from '../../store/upload-marks.js'
import { manifestOf, temporaryDirectory, testStore } from '../../testing/dumps.js'
import { startS3Server } from '../../testing/s3-server.js'
import type { ServiceContext } from '../service.js'
import { bucket } from './bucket-service.js'

afterEach(() => void vi.useRealTimers())

const shop = { bucket: 's3://evidence', service: 'shop' }
const labels = { service: 'shop', instance: 'here' }

/** The service, with an API that does nothing by itself. */
async function start(options: object, dir = temporaryDirectory()) {
  const uploads = createUploadMarks(dir)
  const { store } = await testStore(dir, { uploads })
  const events = new EventEmitter()
  const reports: BucketStatus[] = []
  const warned: string[] = []
  let endAsked = () => {}
  const api = Object.assign(events, {
    status: () => ({ sample: null, metrics: {}, capture: null }),
    samplesJson: async () => '[]',
  })
  const context = {
    ...{
      api,
      store,
      uploads,
      onRetuned() {},
      onError() {},
      logger: { info() {}, warn: (text: string) => void warned.push(text), error() {} },
    },
    onEndAsked: (listener: () => void) => (endAsked = listener),
    report: ({ bucket }: { bucket: BucketStatus }) => void reports.push(bucket),
    data: {
      options: resolveOptions({ dir, labels, bucket: options }),
      instance: { title: 'app.js' },
      limits: {},
      blackBox: null,
    },
  }
  const service = await bucket(context as unknown as ServiceContext)
  const createdAt = Date.UTC(2026, 10, 24, 1, 35)
  const id = makeDumpId(createdAt, process.pid, 'cpu', 'spike')
  const { trigger } = manifestOf(id)
  return {
    ...{ dir, reports, warned, service, id },
    endAsked: () => endAsked(),
    /** Until the next event that says so. */
    async until(what: () => boolean): Promise<void> {
      while (!what()) await new Promise(resolve => setImmediate(resolve))
    },
    capture: (dump: Partial<CapturingDump> | null) =>
      events.emit('capture', dump && { id, createdAt: new Date(createdAt).toISOString(), trigger, done: [], ...dump }),
    async dump(uploadTo: UploadTarget): Promise<void> {
      const writer = await store.begin(id)
      await writer.publish(manifestOf(id, { uploadTo }))
      events.emit('dump', manifestOf(id))
    },
  }
}

async function startStore() {
  const server = await startS3Server()
  onTestFinished(() => server.close())
  const credentials = { accessKeyId: 'ABCDEFGH', secretAccessKey: ['s3', 'cret'].join('-') }
  return { server, options: { url: 's3://evidence', endpoint: server.endpoint, credentials, flush: 200 } }
}

it('a stop ends with its budget though the store hangs, and the rest waits for the next start', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { server, options } = await startStore()
  server.fail(() => 'hang')
  const { dir, service, until, capture, dump, id } = await start(options)
  capture({})
  await until(() => server.seen.length > 0)
  capture(null)
  // It waits for its first manifest, which hangs.
  await dump(shop)
  await until(() => existsSync(join(dir, '.bucket', `${id}.lock`)))
  const stopped = service.stop()
  await vi.advanceTimersByTimeAsync(options.flush)
  await stopped
  expect(readdirSync(dir)).toContain(id)
  expect(readdirSync(join(dir, '.bucket'))).toEqual([`${id}.uploading`])
})

it('a stop ends with its budget also with a store that takes no notice of signals', async () => {
  const module = join(temporaryDirectory(), 'store.mjs')
  const calls = ['put', 'get', 'head', 'list', 'folders', 'remove', 'orphans', 'removeOrphan']
  writeFileSync(
    module,
    `const hang = () => {
      globalThis.hangingCalls = (globalThis.hangingCalls ?? 0) + 1
      return new Promise(() => {})
    }
    export default () => ({ place: 'hung', urlOf: key => key, close() {}, ${calls.map(name => `${name}: hang`)} })`,
  )
  const { dir, service, until, dump, id } = await start({ store: { module }, flush: 200 })
  await dump({ bucket: module, service: 'shop' })
  await until(() => 'hangingCalls' in globalThis)
  await service.stop()
  expect(readdirSync(dir)).toContain(id)
  expect(readdirSync(join(dir, '.bucket'))).toEqual([`${id}.uploading`])
})

it('a dump that the store has refused is tried at once when the process is asked to end', async () => {
  const { server, options } = await startStore()
  server.fail(() => ({ status: 403, code: 'AccessDenied' }))
  const { service, until, dump, endAsked, reports } = await start(options)
  await dump(shop)
  await until(() => reports.at(-1)?.state === 'blocked')
  server.fail(() => null)
  endAsked()
  await until(() => reports.at(-1)?.uploaded === 1)
  await service.stop()
})

it('a dump for another bucket stays on disk, and those of this service are told of', async () => {
  const { server, options } = await startStore()
  const { dir, service, until, dump, reports, id } = await start(options)
  await dump({ ...shop, bucket: 's3://old' })
  const at = reports.length
  await until(() => reports.length > at + 1 && reports.at(-1)?.state === 'idle')
  await service.stop()
  expect([server.objects.size, existsSync(join(dir, id))]).toEqual([0, true])
  const later = await start(options, dir)
  await until(() => later.warned.length > 0)
  expect(later.warned[0]).toContain('dumps of shop that wait for another bucket (s3://old) stay on disk: 1 in ')
  await later.service.stop()
})
