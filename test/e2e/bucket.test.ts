import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseIndexKey } from '../../packages/core/src/object-store/keys.js'
import { random } from '../../packages/core/src/testing/random.js'
import { type Fault, type S3Server, startS3Server } from '../../packages/core/src/testing/s3-server.js'
import { eventually, noRules, pause, startServer, temporaryDirectory } from '../support.js'
import { checkWhole, idsIn } from '../whole-dumps.js'

const labels = { service: '@acme/shop', instance: 'pod-1', version: '1.2.3' }
const credentials = { accessKeyId: 'ABCDEFGH', secretAccessKey: ['s3', 'cret', 'of', 'a', 'test'].join('-') }
const dumps = 'v1/dumps/%40acme%2Fshop/pod-1'

/** What is in a bucket, by key. */
type Objects = ReadonlyMap<string, Buffer>

/** The keys of the index, and the dumps that they list. */
function listed(
  objects: Objects,
): { key: string; id: string; state: string; folder: string; trigger: { rule: string } }[] {
  return [...objects]
    .filter(([key]) => key.startsWith('v1/index/'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, content]) => ({ key, ...JSON.parse(`${content}`) }))
}

/** Fails unless each listed dump is whole, and nothing lies there that is not listed. */
function checkBucket(objects: Objects): string[] {
  const dir = temporaryDirectory()
  const entries = listed(objects)
  for (const { folder, id, state } of entries) {
    const names = [...objects.keys()].filter(key => key.startsWith(folder))
    for (const name of names) {
      const path = join(dir, id, name.slice(folder.length))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, objects.get(name) as Buffer)
    }
    expect(names, id).toContain(`${folder}manifest.json`)
    if (state === 'complete') checkWhole(dir, id)
  }
  const strays = [...objects.keys()].filter(
    key => !key.startsWith('v1/index/') && !entries.some(({ folder }) => key.startsWith(folder)),
  )
  expect(strays).toEqual([])
  return entries.map(({ id }) => id)
}

function objectsIn(root: string): Map<string, Buffer> {
  const names = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : []
  // What is just being written is not in the bucket yet.
  const files = names
    .filter(entry => entry.isFile() && !entry.name.startsWith('.part-'))
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(files.map(path => [path.slice(root.length + 1), readFileSync(path)]))
}

async function startStore(port = 0): Promise<S3Server> {
  const store = await startS3Server('evidence', port)
  onTestFinished(() => store.close())
  return store
}

const inStore = ({ endpoint }: S3Server) => ({ url: 's3://evidence', endpoint, credentials })

describe('a directory', () => {
  it('has each finished dump, and the index lists it', async () => {
    const root = join(temporaryDirectory(), 'bucket')
    const server = await startServer({ labels, thresholds: noRules, bucket: { url: pathToFileURL(root).href } })
    const answer = await server.admin('/trigger', {
      method: 'POST',
      body: '{"capture":["requests","report"],"reason":"a test"}',
    })
    expect(answer.status).toBeLessThan(300)
    await eventually('the upload', async () => (await server.status()).bucket?.uploaded)
    const objects = objectsIn(root)
    const [id = ''] = checkBucket(objects)
    expect([id]).toEqual(idsIn(server.dir))
    const [{ key, state } = { key: '', state: '' }] = listed(objects)
    expect(state).toBe('complete')
    expect(parseIndexKey('', key)).toMatchObject({ service: '@acme/shop', instance: 'pod-1', version: '1.2.3', id })
    expect(objects.has(`${dumps}/${id}/manifest.json`)).toBe(true)
    const shown = (await (await server.admin(`/dumps/${id}`)).json()) as Manifest
    expect(shown.uploaded?.url).toContain(`${dumps.replaceAll('%', '%25')}/${id}/manifest.json`)
    const { bucket } = await server.status()
    expect(bucket).toMatchObject({ state: 'idle', pending: 0, uploaded: 1, failed: 0, lastError: null })
    const metrics = await (await server.admin('/metrics')).text()
    expect(metrics).toContain('autodump_bucket_uploaded_total 1\n')
  })

  it('has a first manifest while the loop is blocked, which stands as partial if the machine dies', async () => {
    const root = join(temporaryDirectory(), 'bucket')
    const server = await startServer({
      ...{ labels, interval: 100, bucket: { url: pathToFileURL(root).href } },
      thresholds: {
        ...noRules,
        eventLoopDelay: { enabled: true, watermark: 500, capture: ['cpu-profile', 'requests'] },
      },
      cpuProfile: { blockedDuration: 60_000 },
    })
    await server.warm().catch(() => {})
    await eventually('samples', async () => (await server.status()).sample)
    fetch(`${server.base}/block?ms=600000`).catch(() => {})
    const [first] = await eventually('the first manifest', () => {
      const entries = listed(objectsIn(root)).filter(({ state }) => state === 'capturing')
      return entries.length > 0 && entries
    })
    server.child.kill('SIGKILL')
    await server.exit
    const objects = objectsIn(root)
    const manifest: Manifest = JSON.parse(`${objects.get(`${first?.folder}manifest.json`)}`)
    expect(manifest).toMatchObject({ id: first?.id, state: 'partial', trigger: { metric: 'eventLoopDelay' } })
    expect(manifest.samples.length).toBeGreaterThan(0)
    for (const { file, encoding } of manifest.artifacts)
      expect(objects.has(`${first?.folder}${file}${encoding ? '.gz' : ''}`)).toBe(true)
  })
})

it('a process that is killed in the middle of a dump is one row: the dump of its crash takes the place of the first manifest', async () => {
  const store = await startStore()
  const options = {
    ...{ labels, interval: 100, dir: temporaryDirectory(), bucket: inStore(store) },
    thresholds: {
      ...noRules,
      eventLoopDelay: { enabled: true, watermark: 500, capture: ['cpu-profile', 'requests'] as const },
    },
    cpuProfile: { blockedDuration: 60_000 },
  }
  const first = await startServer({ ...options, thresholds: { ...options.thresholds } } as never)
  await first.warm().catch(() => {})
  fetch(`${first.base}/block?ms=600000`).catch(() => {})
  const [cut] = await eventually('the first manifest', () => {
    const entries = listed(store.objects).filter(({ state }) => state === 'capturing')
    return entries.length > 0 && entries
  })
  first.child.kill('SIGKILL')
  await first.exit
  await startServer({ ...options, thresholds: noRules } as never)
  const alone = await eventually('the dump of the crash alone', () => {
    const entries = listed(store.objects)
    const isAlone = ![...store.objects.keys()].some(key => key.includes(`${cut?.id}`))
    return isAlone && entries.length === 1 && entries[0]
  })
  expect(alone).toMatchObject({ trigger: { rule: 'crash' } })
  const manifest: Manifest = JSON.parse(`${store.objects.get(`${alone.folder}manifest.json`)}`)
  expect(manifest.summary.text).toContain(`the dump ${cut?.id} was being captured`)
  checkBucket(store.objects)
})

describe('a process about which a rule is worried', () => {
  const worried = {
    ...{ labels, interval: 50 },
    thresholds: { ...noRules, handles: { enabled: true, min: 0, watermark: 1, hold: 1000 } },
  }

  it('has what it knows in the bucket when it is killed; the dump of its crash takes the place of that', async () => {
    const store = await startStore()
    const options = { ...worried, bucket: inStore(store), dir: temporaryDirectory() }
    const first = await startServer(options)
    const [look] = await eventually('what it knows', () => listed(store.objects).length > 0 && listed(store.objects))
    // Without anything wrong its end would be an ordinary stop.
    fetch(`${first.base}/block?ms=60000`).catch(() => {})
    await pause(3000)
    first.child.kill('SIGKILL')
    await first.exit
    expect(look).toMatchObject({ state: 'capturing', trigger: { rule: 'crash' } })
    const manifest: Manifest = JSON.parse(`${store.objects.get(`${look?.folder}manifest.json`)}`)
    expect(manifest.trigger.reason).toContain('the last that was heard of this process: the rule handles watermark')
    expect(manifest.samples.length).toBeGreaterThan(0)
    checkBucket(store.objects)
    await startServer({ ...options, thresholds: noRules })
    await eventually(
      'the dump of the crash alone',
      () => {
        const entries = listed(store.objects)
        const isAlone = ![...store.objects.keys()].some(key => key.includes(`${look?.id}`))
        return isAlone && entries.length === 1 && entries[0]?.state === 'complete'
      },
      150_000,
    )
    checkBucket(store.objects)
  }, 200_000)

  it('that ends by its own will leaves nothing of it to the next start', async () => {
    const store = await startStore()
    const options = { ...worried, bucket: inStore(store), dir: temporaryDirectory() }
    const first = await startServer(options, { fixture: 'crash.mjs' })
    await eventually('what it knows', () => listed(store.objects).length > 0)
    first.child.send('exit 0')
    expect(await first.exit).toEqual({ code: 0, signal: null })
    expect(listed(store.objects)).toMatchObject([{ state: 'capturing', trigger: { rule: 'crash' } }])
    await startServer({ ...options, thresholds: noRules })
    await eventually('nothing', () => store.objects.size === 0)
  })

  it('and lives has it there, whatever its neighbours in the directory do', async () => {
    const store = await startStore()
    const options = { ...worried, bucket: inStore(store), dir: temporaryDirectory() }
    const first = await startServer(options)
    const [look] = await eventually('what it knows', () => listed(store.objects).length > 0 && listed(store.objects))
    const marks = () => readdirSync(join(options.dir, '.bucket'))
    const second = await startServer({ ...options, thresholds: noRules })
    second.child.send('close')
    await second.exit
    expect(marks()).toContain(`${look?.id}.uploading`)
    first.child.send('close')
    await first.exit
    expect(store.objects.size).toBe(0)
  })

  it('leaves nothing of it there when it stops as usual', async () => {
    const store = await startStore()
    const server = await startServer({ ...worried, bucket: inStore(store) })
    await eventually('what it knows', () => listed(store.objects).length > 0)
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    expect([...store.objects.keys()]).toEqual([])
  })
})

describe('a store', () => {
  it('that is down costs no dump: the next process uploads what the last one had to leave', async () => {
    const store = await startStore()
    store.fail(() => 'reset')
    const options = { labels, thresholds: noRules, bucket: inStore(store), dir: temporaryDirectory() }
    const first = await startServer(options)
    await first.admin('/trigger', { method: 'POST', body: '{"capture":["requests"]}' })
    const { bucket } = await eventually('a failure', async () => {
      const status = await first.status()
      // The first manifest fails before the dump waits.
      return status.bucket?.state === 'waiting' && status
    })
    expect(bucket).toMatchObject({ pending: 1, uploaded: 0, lastSuccess: null })
    expect(bucket?.lastError?.message).toMatch(/cannot be reached/)
    first.child.kill('SIGKILL')
    await first.exit
    store.fail(() => null)
    await startServer(options)
    await eventually('the upload', () => listed(store.objects).some(({ state }) => state === 'complete'))
    expect(checkBucket(store.objects)).toEqual(expect.arrayContaining(idsIn(options.dir).slice(0, 1)))
  })

  it('that refuses is told of once, in words, without a secret; and is asked again', async () => {
    const store = await startStore()
    store.fail(() => ({ status: 403, code: 'SignatureDoesNotMatch' }))
    const server = await startServer({ labels, thresholds: noRules, bucket: inStore(store) })
    for (const count of [1, 2]) {
      await server.admin('/trigger', { method: 'POST', body: '{"capture":["requests"]}' })
      await eventually('a dump', async () => {
        const { dumps, capture } = await server.status()
        return dumps.count === count && !capture
      })
    }
    const status = await eventually('a refusal', async () => {
      const status = await server.status()
      return status.bucket?.state === 'blocked' && status.bucket.pending === 2 && status
    })
    expect(status.bucket?.lastError?.message).toBe(
      'the secret key of access key ABCD… (bucket.credentials) is wrong, or a proxy rewrites the path (SignatureDoesNotMatch, 403)',
    )
    expect(server.output().match(/upload to the bucket: the secret key/g)).toHaveLength(1)
    const all = server.output() + JSON.stringify(status) + (await (await server.admin('/metrics')).text())
    expect(all).not.toContain(credentials.secretAccessKey)
    expect(await (await server.admin('/metrics')).text()).toContain('autodump_bucket_blocked 1')
    expect((await fetch(server.base)).status).toBe(200)
  })

  it('that fails again after it worked is told of again', async () => {
    const store = await startStore()
    const server = await startServer({ labels, thresholds: noRules, bucket: inStore(store) })
    const dump = () => server.admin('/trigger', { method: 'POST', body: '{"capture":["requests"]}' })
    const told = () =>
      server.output().match(/upload to the bucket: the store does not know the access key/g)?.length ?? 0
    for (const outage of [1, 2]) {
      store.fail(() => ({ status: 403, code: 'InvalidAccessKeyId' }))
      await dump()
      await eventually('a refusal', async () => (await server.status()).bucket?.state === 'blocked')
      await eventually('a line in the log', () => told() === outage)
      store.fail(() => null)
      // Somebody is at work: all that waits is tried at once.
      const { status } = await server.admin('/thresholds', {
        method: 'PATCH',
        body: JSON.stringify({ cpu: { watermark: 90 + outage } }),
      })
      expect(status).toBe(200)
      await eventually('the upload', async () => (await server.status()).bucket?.uploaded === outage)
    }
    expect(server.output().match(/uploads to .* work again/g)).toHaveLength(2)
  })

  it('that is down has no dump pending that somebody cancelled', async () => {
    const store = await startStore()
    store.fail(() => 'reset')
    const options = { labels, thresholds: noRules, bucket: inStore(store), cpuProfile: { duration: 60_000 } }
    const server = await startServer(options)
    await server.admin('/trigger', { method: 'POST', body: '{"capture":["cpu-profile"]}' })
    const id = await eventually('a capture', async () => (await server.status()).capture?.id)
    await eventually('a first manifest that fails', async () => (await server.status()).bucket?.lastError)
    expect((await server.admin(`/dumps/${id}/cancel`, { method: 'POST' })).status).toBe(204)
    const { bucket } = await eventually('the tidying', async () => {
      const status = await server.status()
      return (status.bucket?.failed ?? 0) > 0 && status
    })
    expect(bucket).toMatchObject({ state: 'idle', pending: 0 })
    store.fail(() => null)
    await eventually('no mark', () => readdirSync(join(server.dir, '.bucket')).length === 0)
    expect([...store.objects.keys()]).toEqual([])
  })

  it('behind a login page loses no dump, and is told of', async () => {
    const store = await startStore()
    store.fail(() => ({ page: '<!DOCTYPE html><html><body>Please sign in</body></html>' }))
    const server = await startServer({ labels, thresholds: noRules, bucket: inStore(store) })
    await server.admin('/trigger', { method: 'POST', body: '{"capture":["requests"]}' })
    const words = `a web page, not an object store, answered at ${store.endpoint}: Please sign in (200)`
    await eventually('the words', async () => (await server.status()).bucket?.lastError?.message === words)
    await eventually('the log', () => server.output().includes(`upload to the bucket: ${words}`))
    expect((await server.status()).bucket).toMatchObject({ uploaded: 0, lastSuccess: null })
    store.fail(() => null)
    await eventually('the upload', () => listed(store.objects).some(({ state }) => state === 'complete'))
    checkBucket(store.objects)
  })

  it('gets the rest when the app stops, also the dump that the stop has cut short', async () => {
    const store = await startStore()
    const server = await startServer({
      ...{ labels, thresholds: noRules, bucket: inStore(store) },
      cpuProfile: { duration: 60_000 },
    })
    await server.admin('/trigger', { method: 'POST', body: '{"capture":["cpu-profile"]}' }).catch(() => {})
    await eventually('a capture', async () => (await server.status()).capture)
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    const [entry] = listed(store.objects)
    expect([entry?.id, entry?.state]).toEqual([idsIn(server.dir)[0], 'partial'])
  })

  it('is found while the app has filled the thread pool', async () => {
    const store = await startStore()
    const bucket = { ...inStore(store), endpoint: store.endpoint.replace('127.0.0.1', 'localhost') }
    const server = await startServer(
      { labels, thresholds: noRules, bucket },
      { fixture: 'busy-pool.mjs', env: { UV_THREADPOOL_SIZE: '1' } },
    )
    let derived = 0
    server.child.on('message', () => (derived += 1))
    server.child.send('fill')
    server.child.send('trigger')
    await eventually('the upload', () => listed(store.objects).some(({ state }) => state === 'complete'))
    expect(derived).toBeLessThan(400)
  })

  it('that hangs does not hold up a stop beyond its budget', async () => {
    const store = await startStore()
    const server = await startServer({ thresholds: noRules, bucket: { ...inStore(store), flush: 300 } })
    store.fail(() => 'hang')
    await server.admin('/trigger', { method: 'POST', body: '{"capture":["requests"]}' })
    await eventually('an upload', () => store.seen.length > 0)
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
  })
})

const kills = Number(process.env.AUTODUMP_BUCKET_KILLS ?? 10)
const seed = Number(process.env.AUTODUMP_SEED ?? 20261129)

it(
  `${kills} kills at random moments, with the store down half of the time, lose no dump and leave nothing behind`,
  async () => {
    const dir = temporaryDirectory()
    const store = await startStore()
    const u = random(seed)
    const options = {
      ...{ dir, labels, interval: 20, thresholds: noRules, recorder: { enabled: false } },
      retention: { maxDumps: 10_000, minFreeBytes: 0 },
      limits: { maxPerHour: 3600 },
      bucket: inStore(store),
    }
    const faults: Fault[] = ['reset', 'reset-in-body', { status: 503, code: 'SlowDown' }, 'hang']
    const start = (fixture: string): ChildProcess => {
      const child = fork(fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url)), [], {
        env: { ...process.env, AUTODUMP_TEST_OPTIONS: JSON.stringify(options) },
      })
      onTestFinished(() => void child.kill('SIGKILL'))
      return child
    }
    for (let round = 0; round < kills; round++) {
      const isDown = u() < 0.5
      store.fail(() => (isDown ? (faults[Math.floor(u() * faults.length)] as Fault) : null))
      const child = start('killed.mjs')
      await Promise.race([once(child, 'message'), once(child, 'exit')])
      await pause(u() * 400)
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
    store.fail(() => null)
    const ids = idsIn(dir)
    expect(ids.length).toBeGreaterThan(0)
    const isThere = (id: string) => store.objects.has(`${dumps}/${id}/manifest.json`)
    await startServer(options)
    const complete = () =>
      new Set(
        listed(store.objects)
          .filter(({ state }) => state !== 'capturing')
          .map(({ id }) => id),
      )
    const isLeft = () => readdirSync(join(dir, '.bucket')).some(name => name.endsWith('.uploading'))
    await eventually(
      'all uploads',
      () => {
        const done = complete()
        return ids.every(isThere) && ids.every(id => done.has(id)) && !isLeft()
      },
      120_000 + kills * 2000,
    )
    checkBucket(store.objects)
    expect(store.uploads.size).toBe(0)
  },
  180_000 + kills * 6000,
)
