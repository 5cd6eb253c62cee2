import { expect, it } from 'vitest'
import { fine, fixed, keys, type Reply, refuse, storeThat } from '../../testing/s3-replies.js'
import type { CredentialsSource } from '../credentials/source.js'
import { type PartialUpload, sourceOf } from '../object-store.js'

it('an object is one request with its length and its true hash', async () => {
  const { put, seen } = await storeThat([fine])
  await put('v1/dumps/%40acme%2Fshop/m.json')
  expect(seen[0]?.path).toBe('/evidence/v1/dumps/%2540acme%252Fshop/m.json')
  expect(seen[0]?.headers).toMatchObject({
    'content-length': '3',
    'x-amz-content-sha256': 'cd2eb0837c9b4c962c22d2ff8b5441b7b45805887f051d39bf133b583baf6860',
  })
  expect(seen[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=ABCDEFGH\/\d{8}\/us-east-1\/s3\//)
})

it('a refusal says what is wrong, and no secret', async () => {
  const { failure } = await storeThat([refuse(403, 'SignatureDoesNotMatch')])
  const error = await failure()
  expect(error).toMatchObject({ kind: 'blocked', code: 'SignatureDoesNotMatch', status: 403 })
  expect(error?.message).toBe(
    'the secret key of access key ABCD… (options) is wrong, or a proxy rewrites the path (SignatureDoesNotMatch, 403)',
  )
})

it('a clock that is off is corrected by the store, once and for all', async () => {
  const date = new Date(Date.now() + 20 * 60_000).toUTCString()
  const { put, seen } = await storeThat([refuse(403, 'RequestTimeTooSkewed', '', { date }), fine])
  await put()
  await put()
  const hours = seen.map(({ headers }) => `${headers['x-amz-date']}`)
  expect(seen).toHaveLength(3)
  expect([hours[0] === hours[1], (hours[1] as string) <= (hours[2] as string)]).toEqual([false, true])
})

it('another region of the store is taken over', async () => {
  const { put, seen } = await storeThat([
    refuse(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-1</Region>'),
    fine,
  ])
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
  const { put, seen } = await storeThat([refuse(400, 'ExpiredToken'), fine], { credentials })
  await put()
  expect(seen.map(({ headers }) => headers['x-amz-security-token'])).toEqual(['session-0', 'session-1'])
})

it('the same refusal twice is final', async () => {
  let round = 0
  const { failure, seen } = await storeThat([refuse(400, 'ExpiredToken')], {
    credentials: { ...fixed, get: async () => ({ ...keys, sessionToken: `${++round}` }), renew: () => true },
  })
  expect((await failure())?.message).toContain('session credentials')
  expect(seen).toHaveLength(2)
})

it('a store that accepts and never answers is given up', async () => {
  const { failure } = await storeThat([() => {}], { timeouts: { progress: 100 } })
  expect(await failure()).toMatchObject({ kind: 'retry', code: 'ETIMEDOUT' })
})

it('a caller that gives up has its own reason', async () => {
  const { store } = await storeThat([() => {}])
  const reason = new Error('enough')
  await expect(store.put('a', sourceOf('x'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

const parts: Reply = ({ method, path }, res) => {
  if (path.endsWith('?uploads='))
    return res.end('<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>')
  if (method === 'PUT') return res.writeHead(200, { etag: `"${path.length}"` }).end()
  res.end('<CompleteMultipartUploadResult><ETag></ETag></CompleteMultipartUploadResult>')
}

it('a large object goes up in parts of one buffer, and says how far it has come', async () => {
  const { store, seen } = await storeThat([parts])
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
  const { store, seen } = await storeThat([parts])
  const resume: PartialUpload = { id: 'old', partSize: 8 * 1024 ** 2, etags: ['"1"', '"2"'] }
  await store.put('big', { size: 17 * 1024 ** 2, read: async () => {} }, { resume })
  expect(seen.map(({ path }) => new URL(path, 'http://x').searchParams.get('partNumber'))).toEqual(['3', null])
})

it('an upload that the store has forgotten begins again', async () => {
  const { store, seen } = await storeThat([refuse(404, 'NoSuchUpload'), parts])
  const resume: PartialUpload = { id: 'old', partSize: 8 * 1024 ** 2, etags: ['"1"', '"2"'] }
  await store.put('big', { size: 17 * 1024 ** 2, read: async () => {} }, { resume })
  expect(seen).toHaveLength(6)
})

it('an error inside a 200 is an error', async () => {
  const { failure } = await storeThat([(_, res) => res.writeHead(200).end('<Error><Code>InternalError</Code></Error>')])
  expect(await failure()).toMatchObject({ kind: 'retry', code: 'InternalError' })
})

it('a list is read to its last key, whatever the count says', async () => {
  const answer = `<ListBucketResult><IsTruncated>true</IsTruncated>
    <Contents><Key>v1%2Fa%2540b</Key><Size>3</Size><LastModified>2026-11-29T10:00:00.000Z</LastModified></Contents>
    <Contents><Key>v1/it&apos;s</Key><Size>4</Size></Contents></ListBucketResult>`
  const { store } = await storeThat([(_, res) => res.end(answer)])
  expect(await store.list({ prefix: 'v1/' })).toEqual({
    objects: [
      { key: 'v1/a%40b', size: 3, modifiedAt: Date.parse('2026-11-29T10:00:00Z') },
      { key: "v1/it's", size: 4, modifiedAt: 0 },
    ],
    isTruncated: true,
  })
})

it('a list that breaks off is none', async () => {
  const { store } = await storeThat([(_, res) => res.end('<ListBucketResult><Contents><Key>a</Key>')])
  await expect(store.list({ prefix: '' })).rejects.toMatchObject({ kind: 'retry' })
})

it('an object that does not exist has no head', async () => {
  const { store } = await storeThat([(_, res) => res.writeHead(404).end()])
  expect(await store.head('a')).toBeUndefined()
})

it('each request is asked for first: lists, parts, their beginning and end, and what is sent again', async () => {
  let asked = 0
  const counts: [number, number][] = []
  const list = '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>'
  const uploads = '<ListMultipartUploadsResult></ListMultipartUploadsResult>'
  const reply: Reply = (one, res) => {
    counts.push([asked, counts.length + 1])
    if (counts.length === 1) return refuse(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-1</Region>')(one, res)
    if (one.path.includes('list-type')) return res.end(list)
    if (one.method === 'GET' && one.path.includes('uploads')) return res.end(uploads)
    return one.method === 'DELETE' ? res.writeHead(204).end() : parts(one, res)
  }
  const { store } = await storeThat([reply], { beforeRequest: async () => void asked++ })
  await store.put('a', sourceOf('x'))
  await store.put('big', { size: 17 * 1024 ** 2, read: async () => {} })
  await store.list({ prefix: '' })
  await store.folders('v1/')
  await store.head('a')
  await store.orphans('')
  await store.removeOrphan({ key: 'big', id: 'u' })
  await store.remove('a')
  expect(counts).toHaveLength(13)
  expect(counts.every(([before, count]) => before === count)).toBe(true)
})
