import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { CredentialsSource } from '../credentials/source.js'
import { type ObjectStoreError, type PartialUpload, sourceOf } from '../object-store.js'
import { createS3Store, type S3Options } from './s3-store.js'

interface Seen {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

type Reply = (seen: Seen, res: ServerResponse) => void

const refuse =
  (status: number, code: string, more = '', headers: Record<string, string> = {}): Reply =>
  (_, res) =>
    res.writeHead(status, headers).end(`<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`)
const fine: Reply = (_, res) => res.writeHead(200).end()

const secretAccessKey = ['s3', 'cret'].join('-')
const keys = { accessKeyId: 'ABCDEFGH', secretAccessKey, source: 'options' }
const fixed: CredentialsSource = { describe: 'options', get: async () => keys, renew: () => false }

/** A store that answers by the replies in turn, the last of them for ever. */
async function setUp(replies: Reply[], options: Partial<S3Options> = {}) {
  const seen: Seen[] = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', chunk => chunks.push(chunk))
    req.on('end', () => {
      const one = { method: `${req.method}`, path: `${req.url}`, headers: req.headers, body: Buffer.concat(chunks) }
      const reply = replies[Math.min(seen.length, replies.length - 1)] as Reply
      seen.push(one)
      reply(one, res)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const store = createS3Store({
    ...{ bucket: 'evidence', prefix: 'p', endpoint, region: 'us-east-1', isVirtualHost: false, credentials: fixed },
    ...options,
  })
  onTestFinished(() => {
    store.close()
    server.closeAllConnections()
    server.close()
  })
  const put = (key = 'a/b', size = 3) => store.put(key, sourceOf('x'.repeat(size)))
  const failure = () =>
    put().then(
      () => undefined,
      (error: ObjectStoreError) => error,
    )
  return { store, seen, put, failure, endpoint }
}

it('an object is one request with its length and its true hash', async () => {
  const { put, seen } = await setUp([fine])
  await put('v1/dumps/%40acme%2Fshop/m.json')
  expect(seen[0]?.path).toBe('/evidence/v1/dumps/%2540acme%252Fshop/m.json')
  expect(seen[0]?.headers).toMatchObject({
    'content-length': '3',
    'x-amz-content-sha256': 'cd2eb0837c9b4c962c22d2ff8b5441b7b45805887f051d39bf133b583baf6860',
  })
  expect(seen[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=ABCDEFGH\/\d{8}\/us-east-1\/s3\//)
})

it('a refusal says what is wrong, and no secret', async () => {
  const { failure } = await setUp([refuse(403, 'SignatureDoesNotMatch')])
  const error = await failure()
  expect(error).toMatchObject({ kind: 'blocked', code: 'SignatureDoesNotMatch', status: 403 })
  expect(error?.message).toBe(
    'the secret key of access key ABCD… (options) is wrong, or a proxy rewrites the path (SignatureDoesNotMatch, 403)',
  )
})

it.each([
  [503, 'SlowDown', 'retry'],
  [500, 'InternalError', 'retry'],
  [400, 'RequestTimeout', 'retry'],
  [403, 'AccessDenied', 'blocked'],
  [404, 'NoSuchBucket', 'blocked'],
  [501, 'NotImplemented', 'blocked'],
] as const)('%i %s is to be met by: %s', async (status, code, kind) => {
  const { failure } = await setUp([refuse(status, code)])
  expect((await failure())?.kind).toBe(kind)
})

it('an answer that is not of an S3 server is shown as such', async () => {
  const { failure, endpoint } = await setUp([
    (_, res) => res.writeHead(403).end('<html><b>Blocked</b> by policy</html>'),
  ])
  expect((await failure())?.message).toBe(
    `403 from ${endpoint.origin}, not by an S3 server (a proxy?): Blocked by policy (403)`,
  )
})

it('a clock that is off is corrected by the store, once and for all', async () => {
  const date = new Date(Date.now() + 20 * 60_000).toUTCString()
  const { put, seen } = await setUp([refuse(403, 'RequestTimeTooSkewed', '', { date }), fine])
  await put()
  await put()
  const hours = seen.map(({ headers }) => `${headers['x-amz-date']}`)
  expect(seen).toHaveLength(3)
  expect([hours[0] === hours[1], (hours[1] as string) <= (hours[2] as string)]).toEqual([false, true])
})

it('another region of the store is taken over', async () => {
  const { put, seen } = await setUp([refuse(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-1</Region>'), fine])
  await put()
  expect(seen[1]?.headers.authorization).toContain('/eu-west-1/s3/')
})

it('a session that has ended is renewed', async () => {
  let round = 0
  const credentials: CredentialsSource = {
    describe: 'a file',
    get: async () => ({ ...keys, sessionToken: `session-${round}` }),
    renew: () => ++round > 0,
  }
  const { put, seen } = await setUp([refuse(400, 'ExpiredToken'), fine], { credentials })
  await put()
  expect(seen.map(({ headers }) => headers['x-amz-security-token'])).toEqual(['session-0', 'session-1'])
})

it('the same refusal twice is final', async () => {
  const { failure, seen } = await setUp([refuse(400, 'ExpiredToken')], {
    credentials: { ...fixed, renew: () => true },
  })
  expect((await failure())?.message).toContain('session credentials')
  expect(seen).toHaveLength(2)
})

it('a store that accepts and never answers is given up', async () => {
  const { failure } = await setUp([() => {}], { timeouts: { progress: 100 } })
  expect(await failure()).toMatchObject({ kind: 'retry', code: 'ETIMEDOUT' })
})

it('a caller that gives up has its own reason', async () => {
  const { store } = await setUp([() => {}])
  const reason = new Error('enough')
  await expect(store.put('a', sourceOf('x'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

const parts: Reply = ({ method, path }, res) => {
  if (path.endsWith('?uploads=')) return res.end('<R><UploadId>u&amp;1</UploadId></R>')
  res.writeHead(200, method === 'PUT' ? { etag: `"${path.length}"` } : {}).end('<R/>')
}

it('a large object goes up in parts of one buffer, and says how far it has come', async () => {
  const { store, seen } = await setUp([parts])
  const buffers = new Set<ArrayBufferLike>()
  const progress: unknown[] = []
  const size = 17 * 1024 ** 2
  await store.put(
    'big',
    {
      size,
      async read(into, position) {
        buffers.add(into.buffer)
        into.fill(position / 1024 ** 2)
      },
    },
    { onPartial: upload => void progress.push(upload?.etags.length ?? null) },
  )
  expect(progress).toEqual([0, 1, 2, 3, null])
  expect(buffers.size).toBe(1)
  expect(seen.map(({ method, body }) => [method, body[0] ?? 0])).toEqual([
    ['POST', 0],
    ['PUT', 0],
    ['PUT', 8],
    ['PUT', 16],
    ['POST', '<'.charCodeAt(0)],
  ])
  expect(seen[1]?.path).toContain('uploadId=u%261')
})

it('an upload that was cut off goes on behind the parts that the store has', async () => {
  const { store, seen } = await setUp([parts])
  const resume: PartialUpload = { id: 'old', partSize: 8 * 1024 ** 2, etags: ['"1"', '"2"'] }
  await store.put('big', { size: 17 * 1024 ** 2, read: async () => {} }, { resume })
  expect(seen.map(({ path }) => new URL(path, 'http://x').searchParams.get('partNumber'))).toEqual(['3', null])
})

it('an upload that the store has forgotten begins again', async () => {
  const { store, seen } = await setUp([refuse(404, 'NoSuchUpload'), parts])
  const resume: PartialUpload = { id: 'old', partSize: 8 * 1024 ** 2, etags: ['"1"', '"2"'] }
  await store.put('big', { size: 17 * 1024 ** 2, read: async () => {} }, { resume })
  expect(seen).toHaveLength(6)
})

it('an error inside a 200 is an error', async () => {
  const { failure } = await setUp([(_, res) => res.writeHead(200).end('<Error><Code>InternalError</Code></Error>')])
  expect(await failure()).toMatchObject({ kind: 'retry', code: 'InternalError' })
})

it('a list is read to its last key, whatever the count says', async () => {
  const answer = `<ListBucketResult><IsTruncated>true</IsTruncated>
    <Contents><Key>v1%2Fa%2540b</Key><Size>3</Size><LastModified>2026-11-29T10:00:00.000Z</LastModified></Contents>
    <Contents><Key>v1/it&apos;s</Key><Size>4</Size></Contents></ListBucketResult>`
  const { store } = await setUp([(_, res) => res.end(answer)])
  expect(await store.list({ prefix: 'v1/' })).toEqual({
    objects: [
      { key: 'v1/a%40b', size: 3, modifiedAt: Date.parse('2026-11-29T10:00:00Z') },
      { key: "v1/it's", size: 4, modifiedAt: 0 },
    ],
    isTruncated: true,
  })
})

it('a list that breaks off is none', async () => {
  const { store } = await setUp([(_, res) => res.end('<ListBucketResult><Contents><Key>a</Key>')])
  await expect(store.list({ prefix: '' })).rejects.toMatchObject({ kind: 'retry' })
})

it('an object that does not exist has no head', async () => {
  const { store } = await setUp([(_, res) => res.writeHead(404).end()])
  expect(await store.head('a')).toBeUndefined()
})
