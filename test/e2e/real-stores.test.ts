import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dumpFolder } from '../../packages/core/src/object-store/keys.js'
import { type OpenBucket, openBucket } from '../../packages/core/src/object-store/open-store.js'
import { manifestOf } from '../../packages/core/src/testing/dumps.js'
import type { RealStore } from '../object-store/daemons.js'
import { startRadosgw, whyNoRadosgw } from '../object-store/radosgw.js'
import { startSwift, whyNoSwift } from '../object-store/swift.js'
import { eventually, noRules, startServer, temporaryDirectory } from '../support.js'

const cli = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))

const stores = [
  { name: "Ceph's gateway", why: whyNoRadosgw, start: startRadosgw },
  { name: "OpenStack Swift's S3 interface", why: whyNoSwift, start: startSwift },
]

describe.each(stores)('$name', ({ name, why, start }) => {
  if (why) {
    console.warn(`${name} is not tested: ${why}`)
    return it.skip(why)
  }
  let dir: string
  let gateway: RealStore
  let open: OpenBucket

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'autodump-store-'))
    gateway = await start(dir, 'evidence')
    open = await openBucket({ url: 's3://evidence/prod', ...gateway })
  }, 240_000)

  afterAll(async () => {
    open?.store.close()
    await gateway?.stop()
    if (dir) rmSync(dir, { recursive: true, force: true })
  }, 60_000)

  const labels = { service: '@acme/shop', instance: 'pod-1' }
  const bucket = () => ({ url: 's3://evidence/prod', endpoint: gateway.endpoint, credentials: gateway.credentials })

  it('takes dumps, also one in parts', async () => {
    const large = randomBytes(20 * 1024 ** 2)
    const id = '20261124T013512123Z-7-cpu-spike'
    const dump = temporaryDirectory()
    const entry = { file: 'large.bin', kind: 'trace', phase: 'during', sha256: '', state: 'complete' } as const
    mkdirSync(join(dump, id), 0o700)
    writeFileSync(join(dump, id, 'large.bin'), large, { mode: 0o600 })
    const artifacts = [{ ...entry, bytes: large.length, storedBytes: large.length }]
    const process = { ...manifestOf(id).process, labels }
    writeFileSync(join(dump, id, 'manifest.json'), JSON.stringify(manifestOf(id, { artifacts, process })), {
      mode: 0o600,
    })
    const retention = { maxAge: 1e12 }
    const server = await startServer({ labels, dir: dump, retention, thresholds: noRules, bucket: bucket() })
    await server.admin('/trigger', { method: 'POST', body: '{"capture":["requests","report"]}' })
    const status = await eventually(
      'both uploads',
      async () => {
        const { bucket } = await server.status()
        return bucket?.uploaded === 2 && bucket
      },
      60_000,
    )
    expect(status).toMatchObject({ state: 'idle', pending: 0, failed: 0 })
    const { store, prefix } = open
    const { objects } = await store.list({ prefix: 'prod/v1/index/' })
    expect(objects).toHaveLength(2)
    const folder = dumpFolder(prefix, { service: '@acme/shop', instance: 'pod-1', id })
    expect(await store.head(`${folder}large.bin`)).toEqual({ size: large.length })
    expect(JSON.parse(await text(await store.get(`${folder}manifest.json`))).artifacts).toEqual(artifacts)
    expect(await store.orphans('prod/')).toEqual([])
  }, 120_000)

  async function check(env: Record<string, string>, ...flags: string[]) {
    return promisify(execFile)(process.execPath, [cli, 'store', 'check', ...flags], {
      env: { ...process.env, AUTODUMP_BUCKET_ENDPOINT: gateway.endpoint, ...env },
    }).catch(error => error as { stdout: string; stderr: string; code: number })
  }

  it('passes `autodump store check`, which says what is wrong where it does not', async () => {
    const { accessKeyId, secretAccessKey } = gateway.credentials
    const keys = { AUTODUMP_BUCKET_ACCESS_KEY_ID: accessKeyId, AUTODUMP_BUCKET_SECRET_ACCESS_KEY: secretAccessKey }
    const fine = await check({ ...keys, AUTODUMP_BUCKET: 's3://evidence/prod' })
    expect(fine.stdout.match(/: ok$/gm)).toHaveLength(5)
    const none = await check(keys, '--bucket', 's3://missing')
    expect(none).toMatchObject({ code: 1 })
    expect(none.stdout).toContain(`there is no bucket missing at ${gateway.endpoint}`)
    const wrong = await check({ ...keys, AUTODUMP_BUCKET_SECRET_ACCESS_KEY: 'no' }, '--bucket', 's3://evidence')
    expect(wrong.stdout).toContain(`write: the secret key of access key ${accessKeyId.slice(0, 4)}`)
  }, 60_000)
})
