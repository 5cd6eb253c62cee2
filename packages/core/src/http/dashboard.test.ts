import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { base, bearer, problem } from '../testing/ask-admin.js'
import { inlineScript, plantDashboard } from '../testing/dashboard.js'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { createAdminHandler } from './admin-handler.js'
import type { AdminOptions } from './mount.js'
import { createPage } from './page/page.js'
import { routes } from './routes.js'

const directory = plantDashboard(mkdtempSync(join(tmpdir(), 'autodump-dashboard-')))

afterAll(() => rmSync(directory, { recursive: true }))

const logger = { info: () => {}, warn: () => {}, error: () => {} }

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

function setUp(options: AdminOptions = {}, built = true) {
  const page = createPage(() => (built ? [directory] : []))
  const handler = createAdminHandler(createFakeMonitor(), { auth: { token: 't0ken' }, logger, ...options }, page)
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    handler(new Request(`http://localhost${handler.prefix}${path}`, { method, headers }))
  return { handler, get }
}

describe('a browser', () => {
  const { get } = setUp()

  it.each(['', '/', '?limit=nonsense', '/?x=1'])('gets the page at the prefix%s', async path => {
    const response = await get(path, { ...html, ...bearer })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(await response.text()).toContain(inlineScript)
  })

  it.each([
    ['without a token', {}, undefined, 401],
    ['with a wrong one', { authorization: 'Bearer wrong' }, undefined, 401],
    ['that authorize refuses', {}, { authorize: () => false }, 403],
  ])('%s gets the same page, which says that he may not', async (_, headers, auth, expected) => {
    const { get } = setUp(auth && { auth })
    const response = await get('', { ...html, ...headers })
    expect(response.status).toBe(expected)
    expect(response.headers.has('www-authenticate')).toBe(expected === 401)
    expect(await response.text()).toContain(inlineScript)
    expect((await get('', { ...html, ...headers }, 'HEAD')).body).toBeNull()
  })

  it('that has to wait after too many wrong tokens is told so', async () => {
    const { handler } = setUp()
    const wrong = () =>
      handler(new Request(base, { headers: { ...html, authorization: 'Bearer no' } }), { remoteAddress: '10.1.1.1' })
    let last = await wrong()
    for (let count = 0; count < 100; count++) last = await wrong()
    expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(last.headers.get('content-type')).toContain('text/html')
  })

  it('is asked about as reading', async () => {
    const asked: string[] = []
    const { get } = setUp({ auth: { authorize: (_, action) => asked.push(action) > 0 } })
    expect((await get('', html)).status).toBe(200)
    expect(asked).toEqual(['read'])
  })

  it('gets no page elsewhere, and nothing else without a token', async () => {
    for (const { method, path, action } of routes) {
      if (path === '/' || action === null) continue
      const response = await get(path.replace(/:\w+/g, 'x'), html, method)
      expect((await problem(response)).status, path).toBe(401)
    }
    expect((await problem(await get('/nothing', html))).status).toBe(401)
    expect((await problem(await get('', html, 'POST'))).status).toBe(401)
  })

  it('loads the files of the page without a token, and only those', async () => {
    const script = await get('/assets/index-Bx3k_9aZ.js')
    expect([script.status, script.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect((await get('/assets/index-Bx3k_9aZ.js', {}, 'HEAD')).body).toBeNull()
    expect((await get('/speedscope/index.html')).headers.get('x-frame-options')).toBe('SAMEORIGIN')
    for (const path of ['/assets/none.js', '/assets/secret.txt', '/speedscope/inner'])
      expect((await problem(await get(path))).status).toBe(404)
    for (const path of ['/assets', '/assets/', '/assets/inner/secret.js', '/assets/..%2fsecret.txt', '/assets/%zz'])
      expect((await problem(await get(path))).status, path).toBe(401)
    expect((await problem(await get('/assets/index-Bx3k_9aZ.js', {}, 'DELETE'))).status).toBe(401)
  })
})

describe('who wants JSON', () => {
  it.each<Record<string, string>>([{}, { accept: '*/*' }, { accept: 'application/json' }])(
    'with %j gets the list',
    async headers => {
      const { get } = setUp()
      expect(await (await get('', { ...headers, ...bearer })).json()).toHaveProperty('dumps')
      expect((await problem(await get('', headers))).status).toBe(401)
    },
  )
})

describe('the dashboard', () => {
  it('can be switched off: then a browser gets what everybody gets', async () => {
    const { get } = setUp({ dashboard: false })
    expect(await (await get('', { ...html, ...bearer })).json()).toHaveProperty('dumps')
    expect((await problem(await get('', html))).status).toBe(401)
    expect((await problem(await get('/assets/index-Bx3k_9aZ.js'))).status).toBe(401)
    expect((await problem(await get('/assets/index-Bx3k_9aZ.js', bearer))).status).toBe(404)
    const monitor = createFakeMonitor({ dashboard: false })
    const handler = createAdminHandler(
      monitor,
      { auth: false, logger },
      createPage(() => [directory]),
    )
    expect((await handler(new Request(base, { headers: html }))).headers.get('content-type')).toBe('application/json')
  })

  it('that was left behind by a bundler is the list, to who may know', async () => {
    const { get } = setUp({}, false)
    expect(await (await get('', { ...html, ...bearer })).json()).toHaveProperty('dumps')
    expect((await problem(await get('', html))).status).toBe(401)
    expect((await problem(await get('/assets/index-Bx3k_9aZ.js'))).status).toBe(404)
  })

  it('may be at the root', async () => {
    const { get } = setUp({ prefix: '' })
    expect((await get('/', { ...html, ...bearer })).headers.get('content-type')).toContain('text/html')
    expect((await get('/assets/index-Bx3k_9aZ.js')).status).toBe(200)
  })
})
