import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { openBucket } from '@autodump/core/object-store'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createReadiness } from './readiness.js'
import { serve } from './serve.js'
import { testBucket } from './testing/bucket.js'

async function served(bucket: Awaited<ReturnType<typeof testBucket>>['bucket']) {
  const said: string[] = []
  const logger = { info() {}, warn: (text: string) => said.push(text), error() {} }
  const { address, close } = await serve({ bucket, port: 0, token: 't0ken', logger })
  onTestFinished(close)
  return {
    said,
    async ask(path: string, init: RequestInit = {}) {
      const response = await fetch(`${address}${path}`, init)
      return { status: response.status, text: await response.text() }
    },
  }
}

describe('the probes of a server over a bucket', () => {
  it('need no token, and say that it lives and can list the bucket', async () => {
    const { ask } = await served((await testBucket()).bucket)
    expect(await ask('livez')).toEqual({ status: 200, text: '{"state":"ok"}' })
    expect(await ask('readyz')).toEqual({ status: 200, text: '{"state":"ok"}' })
    expect((await ask('readyz', { method: 'POST' })).status).toBe(405)
    expect((await ask('status')).status).toBe(401)
  })

  it('say that it lives and is not ready while the bucket cannot be listed, and the log says why, without a secret', async () => {
    // A store that nothing listens at.
    const bucket = await openBucket({
      ...{ url: 's3://evidence/prod', endpoint: 'http://127.0.0.1:9' },
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's3cret' },
    })
    const { ask, said } = await served(bucket as never)
    expect((await ask('livez')).status).toBe(200)
    expect(await ask('readyz')).toEqual({ status: 503, text: '{"state":"starting"}' })
    expect(said.join('\n')).toMatch(/not ready, since the bucket cannot be listed: /)
    expect(said.join('\n')).not.toContain('s3cret')
  })

  it('stay ready when the store goes down later: the page says that in words', async () => {
    const { bucket, root } = await testBucket()
    const readiness = createReadiness(bucket, () => {})
    expect(await readiness.isReady()).toBe(true)
    rmSync(root, { recursive: true })
    writeFileSync(root, '')
    expect(await readiness.isReady()).toBe(true)
    rmSync(root)
    mkdirSync(root)
  })
})

it('the status names the bucket, not a directory of this machine', async () => {
  const { bucket } = await testBucket()
  const { ask } = await served(bucket)
  const { text } = await ask('status', { headers: { authorization: 'Bearer t0ken' } })
  const status = JSON.parse(text) as { dir: string; recorder: { reason: string } }
  expect(status.dir).toBe(bucket.store.place)
  expect(status.recorder.reason).toBe('no process is watched here')
})
