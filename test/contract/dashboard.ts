import { describe, expect, it } from 'vitest'
import { token } from '../support.js'
import { problem, read, type Start, serveForAll } from './harness.js'

const html = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

/** What the page in a browser is served with, and what it asks for besides the dumps. */
export function describeDashboard(start: Start): void {
  describe('the dashboard', () => {
    const api = serveForAll(start, { retention: { maxDumps: 2 } })

    it('is what a browser gets, with and without a slash at the end, and with the status that it would have had', async () => {
      const authorization = `Bearer ${token}`
      for (const path of ['', '/'])
        for (const [headers, status] of [
          [{ ...html, authorization }, 200],
          [html, 401],
        ] as const) {
          const page = await fetch(api.base + path, { headers, redirect: 'error' })
          expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
          expect(page.headers.get('content-security-policy')).toMatch(
            /^default-src 'none'; .*script-src 'self' 'sha256-/,
          )
          expect(await page.text()).toContain('<title>autodump</title>')
        }
      await problem(await fetch(`${api.base}/`), 401)
      expect(await (await api.call('/dumps')).json()).toEqual(await (await api.call('')).json())
    })

    it('has files that need no token, and no others', async () => {
      const page = await (await fetch(api.base, { headers: html })).text()
      const [script] = /assets\/[\w.-]+\.js/.exec(page) ?? expect.unreachable()
      const { status, headers } = await fetch(`${api.base}/${script}`)
      expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
      expect([headers.get('content-encoding'), headers.get('cache-control')]).toEqual([
        'gzip',
        'public, max-age=31536000, immutable',
      ])
      expect((await fetch(`${api.base}/speedscope/index.html`)).status).toBe(200)
      await problem(await fetch(`${api.base}/assets/nothing.js`), 404)
      for (const path of ['/assets/../index.html', '/assets/..%2findex.html', '/assets/%2e%2e/index.html', '/assets//'])
        expect([401, 404]).toContain((await api.raw(path, { headers: { authorization: '' } })).status)
    })

    it('says who may do what', async () => {
      const session = await read<{ prefix: string }>(await api.call('/session'))
      expect(session).toMatchObject({ scheme: 'token', actions: { read: true, delete: true }, canLogout: false })
      expect(session.prefix).toBe(new URL(api.base).pathname)
    })

    it('pins a dump, which retention then leaves alone, and as many as leave room for others', async () => {
      const { id } = await api.dump()
      expect((await api.call(`/dumps/${id}/pin`, { method: 'PUT' })).status).toBe(204)
      const second = await api.dump()
      await problem(await api.call(`/dumps/${second.id}/pin`, { method: 'PUT' }), 409)
      const third = await api.dump()
      expect((await api.dumps()).map(dump => dump.id)).toEqual([third.id, id])
      expect(await read(await api.call('?pinned=true'))).toMatchObject({ total: 1, dumps: [{ id, pinned: true }] })
      expect((await api.call(`/dumps/${id}/pin`, { method: 'DELETE' })).status).toBe(204)
      expect(await read(await api.call(`?q=${id.toLowerCase()}`))).toMatchObject({
        total: 1,
        dumps: [{ pinned: false }],
      })
    })

    it('sends all of a dump as a zip', async () => {
      const { id } = await api.dump()
      const response = await api.call(`/dumps/${id}/archive`)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip'])
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
      for (const file of ['manifest.json', 'requests.json']) expect(bytes.includes(`${id}/${file}`)).toBe(true)
    })
  })

  describe('a dashboard that is switched off', () => {
    const api = serveForAll(start, { dashboard: false })

    it('is not there, also for a browser', async () => {
      await problem(await fetch(api.base, { headers: html }), 401)
      expect(await (await api.call('', { headers: html })).json()).toHaveProperty('dumps')
      await problem(await fetch(`${api.base}/speedscope/index.html`), 401)
      await problem(await api.call('/speedscope/index.html'), 404)
    })
  })
}
