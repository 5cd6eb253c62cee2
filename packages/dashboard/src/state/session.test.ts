import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ask } from '../api/client.ts'
import { access, accessReason, forbidden, loadSession, login, may, mountPath, session } from './session.ts'

const answers: Response[] = []
const asked: { url: string; body: unknown }[] = []

beforeEach(() => {
  session.value = null
  access.value = 'loading'
  answers.length = 0
  asked.length = 0
  vi.stubGlobal('location', { pathname: '/ops/shop/' })
  vi.stubGlobal('fetch', async (url: string, { body }: RequestInit) => {
    asked.push({ url, body: body && JSON.parse(String(body)) })
    const answer = answers.shift()
    if (!answer) throw new TypeError('fetch failed')
    return answer
  })
})
afterEach(() => vi.unstubAllGlobals())

const allowed = (...actions: string[]) =>
  Response.json({ actions: Object.fromEntries(actions.map(one => [one, true])) })
const refused = (status: number) => Response.json({ detail: 'because' }, { status })

test('who may read sees the page, and what he may do', async () => {
  answers.push(allowed('read', 'capture'))
  await loadSession()
  expect(access.value).toBe('ready')
  expect(may('capture')).toBe(true)
  expect(forbidden('delete')).toContain('delete dumps')
})

test.each([
  [401, 'login'],
  [403, 'forbidden'],
  [503, 'unreachable'],
])('a status of %i makes the page %s', async (status, expected) => {
  answers.push(refused(status))
  await loadSession()
  expect([access.value, accessReason.value]).toEqual([expected, 'because'])
})

test('who may do other things, but not read, does not see the page', async () => {
  answers.push(allowed('capture'))
  await loadSession()
  expect(access.value).toBe('forbidden')
})

test('a page that is shown stays while the process does not answer', async () => {
  answers.push(allowed('read'))
  await loadSession()
  await loadSession()
  expect(access.value).toBe('ready')
})

test('a 401 of anything brings the login back', async () => {
  answers.push(allowed('read'), refused(401))
  await loadSession()
  await expect(ask('status')).rejects.toMatchObject({ status: 401 })
  expect([access.value, session.value]).toEqual(['login', null])
})

test('the login says where the browser sees the page, and asks who we are then', async () => {
  answers.push(new Response(null, { status: 204 }), allowed('read'))
  await login('a-token')
  expect(asked).toEqual([
    { url: 'login', body: { token: 'a-token', path: '/ops/shop' } },
    { url: 'session', body: undefined },
  ])
  expect(access.value).toBe('ready')
})

test('a page at the root has the root as its path', () => {
  expect(mountPath('/')).toBe('/')
  expect(mountPath('/debug/autodump')).toBe('/debug/autodump')
})
