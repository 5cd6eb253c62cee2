import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { problem, type Start, serveForAll } from './harness.js'

const limit = 64 * 1024
/** JSON of exactly that many bytes that changes nothing. */
const padded = (bytes: number) => `{}${' '.repeat(bytes - 2)}`

export function describeErrors(start: Start): void {
  describe('refuses', () => {
    const api = serveForAll(start)
    const patch = (body: string, headers = {}) => api.json('PATCH', '/thresholds', body, headers)

    it.each(['/nothing', '/dumps/', '/dumps/a/b/c', '/status/', '/STATUS', '//status', '/status;x', '/Dumps/x'])(
      '404: %s is no route',
      async path => {
        await problem(await api.raw(path), 404)
      },
    )

    it('404 for a dump and a file that are not there', async () => {
      const id = '20200101T000000000Z-1-cpu-spike'
      await problem(await api.call(`/dumps/${id}`), 404)
      await problem(await api.call(`/dumps/${id}/cpu.cpuprofile`), 404)
      await problem(await api.call(`/dumps/${id}`, { method: 'DELETE' }), 404)
    })

    const evil = [
      '..',
      '%2e%2e',
      '.%2e',
      '..%2f..%2f..%2fetc%2fpasswd',
      '..%5c..',
      '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      '..%252f..%252fetc%252fpasswd',
      '%c0%ae%c0%ae',
      'a%00b',
      '%2fetc%2fpasswd',
      'C:%5cwindows',
      '.limits.json',
      'manifest.json',
      '%',
    ]
    it.each(evil)('a path that wants out of the directory: %s', async segment => {
      const { id } = (await api.dumps())[0] ?? (await api.dump())
      for (const path of [`/dumps/${segment}`, `/dumps/${segment}/manifest.json`, `/dumps/${id}/${segment}`]) {
        for (const method of ['GET', 'DELETE']) {
          const { status, body } = await api.raw(path, { method })
          expect([400, 404, 405], `${method} ${path}: ${body}`).toContain(status)
          expect(body).not.toMatch(/root:|captures|"samples"/)
        }
      }
      expect((await api.dumps()).map(dump => dump.id)).toEqual([id])
    })

    it.each([
      ['', 'GET, HEAD'],
      ['/dumps/x', 'GET, HEAD, DELETE'],
      ['/dumps/x/y', 'GET, HEAD'],
      ['/trigger', 'POST'],
      ['/thresholds', 'GET, HEAD, PATCH'],
      ['/status', 'GET, HEAD'],
      ['/stream', 'GET, HEAD'],
      ['/metrics', 'GET, HEAD'],
      ['/openapi.json', 'GET, HEAD'],
    ])('405 with what is allowed: %s', async (path, allow) => {
      const allowed = allow.split(', ')
      for (const method of ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS']) {
        if (allowed.includes(method)) continue
        const response = await api.call(path, { method })
        expect(response.headers.get('allow')?.split(', ').sort(), method).toEqual(allowed.toSorted())
        await problem(response, 405)
      }
    })

    it('413 above 64 KiB, with its length known beforehand or not', async () => {
      expect((await patch(padded(limit))).status).toBe(200)
      await problem(await patch(padded(limit + 1)), 413)
      await problem(await api.json('POST', '/trigger', padded(limit + 1)), 413)
      const headers = { 'content-type': 'application/json' }
      const chunks = (count: number) => ['{}', ...Array.from({ length: count }, () => ' '.repeat(8 * 1024))]
      const chunked = (body: string[]) => api.raw('/thresholds', { method: 'PATCH', headers, body })
      expect((await chunked(chunks(4))).status).toBe(200)
      await problem(await chunked(chunks(20)), 413)
      await problem(await chunked(chunks(1000)), 413)
      expect(await api.dumps()).toHaveLength(1)
    })

    it('415 for a body that is not JSON', async () => {
      const types = [
        'application/x-www-form-urlencoded',
        'text/plain',
        'application/jsonp',
        'application/xml',
        'nonsense',
      ]
      for (const type of types) await problem(await patch('{"cpu":{"watermark":50}}', { 'content-type': type }), 415)
      const compressed = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
      const body = [gzipSync('{"cpu":{"watermark":50}}')]
      await problem(await api.raw('/thresholds', { method: 'PATCH', headers: compressed, body }), 415)
      await problem(await api.raw('/thresholds', { method: 'PATCH', body: ['{"cpu":{"watermark":50}}'] }), 415)
      expect((await api.thresholds()).cpu?.watermark).toBe(80)
    })

    it.each([
      ['broken', '{'],
      ['cut off', '{"cpu":{"watermark":50}'],
      ['with a tail', '{} x'],
      ['absent', ''],
      ['deep', `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`],
      ['a number that is none', '{"cpu":{"watermark":NaN}}'],
    ])('400 for JSON that is %s', async (_, body) => {
      await problem(await patch(body), 400)
      expect((await api.thresholds()).cpu?.watermark).toBe(80)
    })

    it('400 for text that is not UTF-8', async () => {
      const headers = { 'content-type': 'application/json' }
      const body = [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])]
      await problem(await api.raw('/thresholds', { method: 'PATCH', headers, body }), 400)
    })

    it.each([
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"cpu":{"__proto__":{"polluted":1}}}',
      '{"cpu":{"constructor":{"prototype":{"polluted":1}}}}',
      '{"\\u005f_proto__":{"polluted":1}}',
    ])('400 for what would change all objects: %s', async body => {
      await problem(await patch(body), 400)
      await problem(await api.json('POST', '/trigger', body), 400)
      expect(({} as { polluted?: number }).polluted).toBeUndefined()
      expect(Object.keys(await api.thresholds())).not.toContain('constructor')
    })

    it('serves on over the same connection after each of these', async () => {
      await problem(await patch('{'), 400)
      await problem(await patch(padded(limit + 1)), 413)
      expect((await api.call('/status')).status).toBe(200)
    })
  })

  describe('HEAD', () => {
    const api = serveForAll(start)

    it.each(['', '/thresholds', '/status', '/metrics', '/openapi.json', '/stream'])(
      'answers as GET does, without a body: %s',
      async path => {
        const head = await api.raw(path, { method: 'HEAD' })
        expect(head.status).toBe(200)
        expect(head.body).toBe('')
        const abort = new AbortController()
        const get = await api.call(path, { signal: abort.signal })
        expect(head.headers['content-type']).toBe(get.headers.get('content-type'))
        abort.abort()
      },
    )

    it('needs the token too', async () => {
      expect((await fetch(`${api.base}/status`, { method: 'HEAD' })).status).toBe(401)
    })
  })

  describe('every answer', () => {
    const api = serveForAll(start)

    it('is kept out of caches, frames and guesses', async () => {
      const answers = ['', '/status', '/nothing', '/trigger', '?limit=0'].map(path => api.call(path))
      const refused = [fetch(api.base), fetch(`${api.base}/login`, { method: 'POST' })]
      for (const { headers } of await Promise.all([...answers, ...refused])) {
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'/)
        expect(headers.get('x-frame-options')).toBe('DENY')
        expect(headers.get('x-powered-by')).toBeNull()
      }
    })
  })
}
