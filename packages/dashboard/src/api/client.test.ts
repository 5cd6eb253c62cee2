import { afterEach, expect, test, vi } from 'vitest'
import { ask, send, urlOf } from './client.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (response: Response) => {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => response)
  vi.stubGlobal('fetch', fetched)
  return fetched
}

test('addresses are relative, with the parameters that have a value', () => {
  expect(urlOf('status')).toBe('status')
  expect(urlOf('dumps', { q: 'a b&c', pinned: true, limit: 0, metric: undefined, rule: null, cursor: '' })).toBe(
    'dumps?q=a+b%26c&pinned=true&limit=0',
  )
})

test('a body goes as JSON, a patch as a merge patch', async () => {
  const fetched = answering(Response.json({}))
  await send('thresholds', { method: 'PATCH', body: { cpu: null } })
  const init = fetched.mock.calls[0]?.[1]
  expect(init).toMatchObject({ body: '{"cpu":null}', headers: { 'content-type': 'application/merge-patch+json' } })
})

test('a refusal says what the server said, which fields are wrong and when to come back', async () => {
  const errors = [{ field: 'duration', message: 'must be >= 10' }]
  answering(Response.json({ detail: 'busy', errors }, { status: 409, headers: { 'retry-after': '7' } }))
  await expect(ask('trigger')).rejects.toMatchObject({ status: 409, message: 'busy', errors, retryAfter: 7 })
})

test('a refusal by a proxy, which is not ours, is one too', async () => {
  answering(new Response('<h1>Bad Gateway</h1>', { status: 502 }))
  await expect(ask('status')).rejects.toMatchObject({ status: 502, message: 'the server answered 502' })
})

test('what cannot be reached has the status 0; what was aborted is no refusal', async () => {
  vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => {
    throw signal?.aborted ? signal.reason : new TypeError('fetch failed')
  })
  await expect(ask('status')).rejects.toMatchObject({ status: 0 })
  await expect(ask('status', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
})
