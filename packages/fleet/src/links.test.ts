import { openBucket } from '@autodump/core/object-store'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sourceOf } from '../../core/src/object-store/object-store.js'
import { startS3Server } from '../../core/src/testing/s3-server.js'
import { openFleet } from './index.js'
import { testBucket } from './testing/bucket.js'

const start = Date.UTC(2026, 10, 29, 3)
const secretAccessKey = ['very', 'secret'].join('-')

/** The dumps of a test bucket, in a store that speaks S3. */
async function s3Bucket() {
  const server = await startS3Server()
  const { bucket: from, plant } = await testBucket()
  plant({ at: start, files: { 'requests.json': '{"total":0}' } })
  const url = 's3://evidence/prod'
  const bucket = await openBucket({
    url,
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'ABCD', secretAccessKey },
  })
  const { objects } = await from.store.list({ prefix: 'v1/' })
  for (const { key } of objects) {
    const parts: Buffer[] = []
    for await (const part of await from.store.get(key)) parts.push(part)
    await bucket.store.put(`prod/${key}`, sourceOf(Buffer.concat(parts)))
  }
  onTestFinished(async () => {
    bucket.store.close()
    await server.close()
  })
  return bucket
}

describe('a download by a link to the store', () => {
  it('redirects to an address that is signed for a minute and has the file', async () => {
    const bucket = await s3Bucket()
    const handler = openFleet(bucket, { links: true })
    const ask = (path: string) => handler(new Request(`http://localhost${path}`))
    const { dumps } = (await (await ask('/dumps')).json()) as { dumps: { id: string }[] }
    const path = `/dumps/${dumps[0]?.id}/requests.json`
    const redirect = await ask(`${path}?link=true`)
    expect([redirect.status, redirect.headers.get('cache-control')]).toEqual([302, 'no-store'])
    const link = new URL(redirect.headers.get('location') ?? '')
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      'X-Amz-Expires': '60',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'response-content-disposition': `attachment; filename="${dumps[0]?.id}-requests.json"`,
    })
    expect(link.href).not.toContain(secretAccessKey)
    expect(await (await fetch(link)).text()).toBe('{"total":0}')
    // The page reads files itself, and another origin would not let it.
    const sent = await ask(path)
    expect([sent.status, await sent.text()]).toEqual([200, '{"total":0}'])
    expect((await ask(`/dumps/${dumps[0]?.id}/nothing.json?link=true`)).status).toBe(404)
    expect(await (await ask('/session')).json()).toMatchObject({ links: true, bucket: true })
  })

  it('is given to whoever may download, and is in no log', async () => {
    const bucket = await s3Bucket()
    const log: string[] = []
    const note = (text: string) => log.push(text)
    const handler = openFleet(bucket, {
      links: true,
      admin: {
        auth: { authorize: (request, action) => action === 'read' || request.headers.get('x-user') === 'ann' },
        logger: { info: note, warn: note, error: note },
      },
    })
    const ask = (path: string, user: string) =>
      handler(new Request(`http://localhost${path}`, { headers: { 'x-user': user } }))
    const { dumps } = (await (await ask('/dumps', 'bob')).json()) as { dumps: { id: string }[] }
    const path = `/dumps/${dumps[0]?.id}/requests.json?link=true`
    const refused = await ask(path, 'bob')
    expect([refused.status, refused.headers.get('location')]).toEqual([403, null])
    expect((await ask(path, 'ann')).status).toBe(302)
    expect(log.join()).not.toContain('X-Amz')
  })

  it('is off by default: the file is sent; and a directory has none', async () => {
    const bucket = await s3Bucket()
    const handler = openFleet(bucket)
    const { dumps } = (await (await handler(new Request('http://localhost/dumps'))).json()) as {
      dumps: { id: string }[]
    }
    const sent = await handler(new Request(`http://localhost/dumps/${dumps[0]?.id}/requests.json?link=true`))
    expect([sent.status, await sent.text()]).toEqual([200, '{"total":0}'])
    const { bucket: directory } = await testBucket()
    expect(() => openFleet(directory, { links: true })).toThrow('has no links that grant reading')
  })
})
