import type { OutgoingHttpHeaders } from 'node:http'
import { expect, it } from 'vitest'
import { type Reply, storeThat } from '../../testing/s3-replies.js'
import { sourceOf } from '../object-store.js'

const page = '<!DOCTYPE html><html><head><style>b{}</style></head><body><b>Sign in</b> first</body></html>'
const answers =
  (status: number, text: string, headers: OutgoingHttpHeaders = {}): Reply =>
  (_, res) =>
    res.writeHead(status, headers).end(text)
const html = { 'content-type': 'text/html; charset=utf-8' }
/** Web servers give ETags too. */
const webPages: [string, Reply][] = [
  ['a page', answers(200, page, html)],
  ['a page with an ETag', answers(200, page, { ...html, etag: 'W/"1"' })],
  ['a page that is called something else', answers(200, ` <!-- hi -->\n${page}`, { 'content-type': 'text/plain' })],
  ['a page in XML', answers(200, `<?xml version="1.0"?>\n${page}`, { 'content-type': 'application/xml' })],
  ['a piece of HTML', answers(200, '<b>Sign in</b> first', html)],
]

it.each(webPages)('%s is no success of a write', async (_, reply) => {
  const { failure, endpoint } = await storeThat([reply])
  expect(await failure()).toMatchObject({
    ...{ kind: 'retry', code: 'NotAnObjectStore', status: 200 },
    message: `a web page, not an object store, answered at ${endpoint.origin}: Sign in first (200)`,
  })
})

it.each<[string, Reply]>([
  ['nothing', answers(200, '')],
  ['some JSON', answers(200, '{"ok":true}', { etag: 'W/"b"' })],
])('%s is no success of a write', async (_, reply) => {
  const { failure } = await storeThat([reply])
  expect(await failure()).toMatchObject({ kind: 'retry', code: 'NotAnObjectStore' })
})

const begun: Reply = (_, res) =>
  res.end('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>')
const part: Reply = (_, res) => res.writeHead(200, { etag: '"p"' }).end()
const size = 9 * 1024 ** 2
const large = { size, read: async () => {} }

it.each(webPages)('%s neither begins, goes on with nor completes an upload in parts', async (_, reply) => {
  for (const replies of [[reply], [begun, reply], [begun, part, part, reply]]) {
    const { store, seen } = await storeThat(replies)
    await expect(store.put('a', large)).rejects.toMatchObject({ code: 'NotAnObjectStore' })
    expect(seen.length).toBeGreaterThanOrEqual(replies.length)
  }
})

it('an upload in parts whose end an error hides in a 200 is not complete', async () => {
  const error = answers(200, '  <?xml version="1.0"?><Error><Code>InternalError</Code></Error>')
  const { store } = await storeThat([begun, part, part, error])
  await expect(store.put('a', large)).rejects.toMatchObject({ kind: 'retry', code: 'InternalError' })
})

it('an upload in parts whose last answer was a web page counts if the store has the object', async () => {
  const head: Reply = (_, res) => res.writeHead(200, { 'content-length': size, etag: '"whole"' }).end()
  const { store, seen } = await storeThat([begun, part, part, answers(200, page, html), head])
  await store.put('a', large)
  expect(seen.at(-1)?.method).toBe('HEAD')
})

it('a web page of any length does not stand for the object', async () => {
  const either: Reply = ({ method }, res) =>
    method === 'HEAD'
      ? res.writeHead(200, { ...html, 'content-length': size }).end()
      : res.writeHead(200, html).end(page)
  const { store } = await storeThat([begun, part, part, either])
  await expect(store.put('a', large)).rejects.toMatchObject({ code: 'NotAnObjectStore' })
})

it.each(webPages)('%s is no list and no deletion', async (_, reply) => {
  const { store } = await storeThat([reply])
  const isNone = { code: 'NotAnObjectStore', kind: 'retry' }
  await expect(store.list({ prefix: '' })).rejects.toMatchObject(isNone)
  await expect(store.folders('v1/')).rejects.toMatchObject(isNone)
  await expect(store.orphans('v1/')).rejects.toMatchObject(isNone)
  await expect(store.remove('a')).rejects.toMatchObject(isNone)
  await expect(store.removeOrphan({ key: 'a', id: 'u' })).rejects.toMatchObject(isNone)
})

it('a page is no object', async () => {
  const { store } = await storeThat([answers(200, page, html)])
  await expect(store.get('a')).rejects.toMatchObject({ code: 'NotAnObjectStore' })
  await expect(store.head('a')).rejects.toMatchObject({ code: 'NotAnObjectStore' })
})

it('a page that says "not found" is no missing object', async () => {
  const { store, endpoint } = await storeThat([answers(404, '<html><h1>Not found</h1></html>', html)])
  await expect(store.remove('a')).rejects.toMatchObject({
    kind: 'blocked',
    message: `a web page, not an object store, answered at ${endpoint.origin}: Not found (404)`,
  })
})

it('a redirection to a login page is said as one', async () => {
  const { store, endpoint } = await storeThat([answers(302, '', { location: 'https://login.example/?back=secret' })])
  await expect(store.put('a', sourceOf('x'))).rejects.toMatchObject({
    kind: 'retry',
    message: `no object store answered at ${endpoint.origin}: it sends to login.example (a proxy, a login page?) (302)`,
  })
})

it('an empty answer that a store calls a web page is none', async () => {
  const { store } = await storeThat([
    answers(200, '', { ...html, etag: '"g"', 'content-length': 0 }),
    answers(204, '', html),
  ])
  await store.put('a', sourceOf('x'))
  await store.remove('a')
})
